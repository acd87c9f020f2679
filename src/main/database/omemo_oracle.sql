CREATE TABLE ofOmemoBot (
  bot        VARCHAR2(64)    NOT NULL,
  claim      VARCHAR2(32)    NOT NULL,
  turn       INTEGER         NOT NULL,
  keyCheck   VARCHAR2(100)   NOT NULL,
  CONSTRAINT ofOmemoBot_pk PRIMARY KEY (bot)
);

CREATE TABLE ofOmemoBotRecord (
  bot        VARCHAR2(64)    NOT NULL,
  part       VARCHAR2(20)    NOT NULL,
  recordKey  VARCHAR2(64)    NOT NULL,
  sealed     CLOB NOT NULL,
  CONSTRAINT ofOmemoBotRecord_pk PRIMARY KEY (bot, part, recordKey)
);

CREATE TABLE ofOmemoHour (
  hourOf     INTEGER      NOT NULL,
  countName  VARCHAR2(40) NOT NULL,
  amount     NUMBER(19)   NOT NULL,
  CONSTRAINT ofOmemoHour_pk PRIMARY KEY (hourOf, countName)
);

CREATE TABLE ofOmemoDay (
  dayOf      INTEGER      NOT NULL,
  countName  VARCHAR2(40) NOT NULL,
  amount     NUMBER(19)   NOT NULL,
  CONSTRAINT ofOmemoDay_pk PRIMARY KEY (dayOf, countName)
);

CREATE TABLE ofOmemoViolation (
  hourOf        INTEGER       NOT NULL,
  violationKey  VARCHAR2(32)  NOT NULL,
  roomKey       VARCHAR2(32)  NOT NULL,
  senderKey     VARCHAR2(32),
  finding       INTEGER       NOT NULL,
  outcome       VARCHAR2(10)  NOT NULL,
  room          VARCHAR2(255) NOT NULL,
  sender        VARCHAR2(255),
  amount        NUMBER(19)    NOT NULL,
  firstSeen     NUMBER(19)    NOT NULL,
  lastSeen      NUMBER(19)    NOT NULL,
  CONSTRAINT ofOmemoViolation_pk PRIMARY KEY (hourOf, violationKey)
);
CREATE INDEX ofOmemoViolation_seen_idx ON ofOmemoViolation (lastSeen, violationKey);
CREATE INDEX ofOmemoViolation_room_idx ON ofOmemoViolation (roomKey, lastSeen);
CREATE INDEX ofOmemoViolation_sender_idx ON ofOmemoViolation (senderKey, lastSeen);
CREATE INDEX ofOmemoViolation_finding_idx ON ofOmemoViolation (finding, lastSeen);
CREATE INDEX ofOmemoViolation_outcome_idx ON ofOmemoViolation (outcome, lastSeen);

CREATE TABLE ofOmemoRoom (
  roomKey        VARCHAR2(32) NOT NULL,
  lastViolation  NUMBER(19)   NOT NULL,
  CONSTRAINT ofOmemoRoom_pk PRIMARY KEY (roomKey)
);
CREATE INDEX ofOmemoRoom_violation_idx ON ofOmemoRoom (lastViolation);

CREATE TABLE ofOmemoDevice (
  accountKey     VARCHAR2(32)  NOT NULL,
  familyLabel    VARCHAR2(10)  NOT NULL,
  deviceId       INTEGER       NOT NULL,
  account        VARCHAR2(255) NOT NULL,
  deviceLabel    VARCHAR2(255),
  fingerprint    VARCHAR2(64),
  listed         INTEGER       NOT NULL,
  firstSeen      NUMBER(19)    NOT NULL,
  lastSeen       NUMBER(19),
  lastPublished  NUMBER(19),
  unanswered     INTEGER       NOT NULL,
  CONSTRAINT ofOmemoDevice_pk PRIMARY KEY (accountKey, familyLabel, deviceId)
);
CREATE INDEX ofOmemoDevice_id_idx ON ofOmemoDevice (deviceId);

CREATE TABLE ofOmemoIdentity (
  accountKey      VARCHAR2(32)  NOT NULL,
  familyLabel     VARCHAR2(10)  NOT NULL,
  deviceId        INTEGER       NOT NULL,
  fingerprint     VARCHAR2(64)  NOT NULL,
  account         VARCHAR2(255) NOT NULL,
  firstSeen       NUMBER(19)    NOT NULL,
  lastSeen        NUMBER(19)    NOT NULL,
  changedAt       NUMBER(19),
  changedFrom     VARCHAR2(64),
  alarmAt         NUMBER(19),
  acknowledgedAt  NUMBER(19),
  acknowledgedBy  VARCHAR2(255),
  CONSTRAINT ofOmemoIdentity_pk PRIMARY KEY (accountKey, familyLabel, deviceId, fingerprint)
);
CREATE INDEX ofOmemoIdentity_alarm_idx ON ofOmemoIdentity (alarmAt);

CREATE TABLE ofOmemoSelfTest (
  began      NUMBER(19) NOT NULL,
  lasted     NUMBER(19) NOT NULL,
  passed     INTEGER    NOT NULL,
  failed     INTEGER    NOT NULL,
  notTested  INTEGER    NOT NULL,
  report     CLOB       NOT NULL,
  CONSTRAINT ofOmemoSelfTest_pk PRIMARY KEY (began)
);

INSERT INTO ofVersion (name, version) VALUES ('omemo', 1);
