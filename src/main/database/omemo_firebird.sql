CREATE TABLE ofOmemoBot (
  bot        VARCHAR(64)     NOT NULL,
  claim      VARCHAR(32)     NOT NULL,
  turn       INTEGER         NOT NULL,
  keyCheck   VARCHAR(100)    NOT NULL,
  CONSTRAINT ofOmemoBot_pk PRIMARY KEY (bot)
);

CREATE TABLE ofOmemoBotRecord (
  bot        VARCHAR(64)     NOT NULL,
  part       VARCHAR(20)     NOT NULL,
  recordKey  VARCHAR(64)     NOT NULL,
  sealed     BLOB SUB_TYPE TEXT CHARACTER SET UTF8 NOT NULL,
  CONSTRAINT ofOmemoBotRecord_pk PRIMARY KEY (bot, part, recordKey)
);

CREATE TABLE ofOmemoHour (
  hourOf     INTEGER     NOT NULL,
  countName  VARCHAR(40) NOT NULL,
  amount     BIGINT      NOT NULL,
  CONSTRAINT ofOmemoHour_pk PRIMARY KEY (hourOf, countName)
);

CREATE TABLE ofOmemoDay (
  dayOf      INTEGER     NOT NULL,
  countName  VARCHAR(40) NOT NULL,
  amount     BIGINT      NOT NULL,
  CONSTRAINT ofOmemoDay_pk PRIMARY KEY (dayOf, countName)
);

CREATE TABLE ofOmemoViolation (
  hourOf        INTEGER      NOT NULL,
  violationKey  VARCHAR(32)  NOT NULL,
  roomKey       VARCHAR(32)  NOT NULL,
  senderKey     VARCHAR(32),
  finding       INTEGER      NOT NULL,
  outcome       VARCHAR(10)  NOT NULL,
  room          VARCHAR(255) NOT NULL,
  sender        VARCHAR(255),
  amount        BIGINT       NOT NULL,
  firstSeen     BIGINT       NOT NULL,
  lastSeen      BIGINT       NOT NULL,
  CONSTRAINT ofOmemoViolation_pk PRIMARY KEY (hourOf, violationKey)
);
CREATE INDEX ofOmemoViolation_seen_idx ON ofOmemoViolation (lastSeen, violationKey);
CREATE INDEX ofOmemoViolation_room_idx ON ofOmemoViolation (roomKey, lastSeen);
CREATE INDEX ofOmemoViolation_sender_idx ON ofOmemoViolation (senderKey, lastSeen);
CREATE INDEX ofOmemoViolation_finding_idx ON ofOmemoViolation (finding, lastSeen);
CREATE INDEX ofOmemoViolation_outcome_idx ON ofOmemoViolation (outcome, lastSeen);

CREATE TABLE ofOmemoRoom (
  roomKey        VARCHAR(32) NOT NULL,
  lastViolation  BIGINT      NOT NULL,
  CONSTRAINT ofOmemoRoom_pk PRIMARY KEY (roomKey)
);
CREATE INDEX ofOmemoRoom_violation_idx ON ofOmemoRoom (lastViolation);

CREATE TABLE ofOmemoDevice (
  accountKey     VARCHAR(32)  NOT NULL,
  familyLabel    VARCHAR(10)  NOT NULL,
  deviceId       INTEGER      NOT NULL,
  account        VARCHAR(255) NOT NULL,
  deviceLabel    VARCHAR(255),
  fingerprint    VARCHAR(64),
  listed         INTEGER      NOT NULL,
  firstSeen      BIGINT       NOT NULL,
  lastSeen       BIGINT,
  lastPublished  BIGINT,
  unanswered     INTEGER      NOT NULL,
  CONSTRAINT ofOmemoDevice_pk PRIMARY KEY (accountKey, familyLabel, deviceId)
);
CREATE INDEX ofOmemoDevice_id_idx ON ofOmemoDevice (deviceId);

CREATE TABLE ofOmemoIdentity (
  accountKey      VARCHAR(32)  NOT NULL,
  familyLabel     VARCHAR(10)  NOT NULL,
  deviceId        INTEGER      NOT NULL,
  fingerprint     VARCHAR(64)  NOT NULL,
  account         VARCHAR(255) NOT NULL,
  firstSeen       BIGINT       NOT NULL,
  lastSeen        BIGINT       NOT NULL,
  changedAt       BIGINT,
  changedFrom     VARCHAR(64),
  alarmAt         BIGINT,
  acknowledgedAt  BIGINT,
  acknowledgedBy  VARCHAR(255),
  CONSTRAINT ofOmemoIdentity_pk PRIMARY KEY (accountKey, familyLabel, deviceId, fingerprint)
);
CREATE INDEX ofOmemoIdentity_alarm_idx ON ofOmemoIdentity (alarmAt);

CREATE TABLE ofOmemoSelfTest (
  began      BIGINT                                NOT NULL,
  lasted     BIGINT                                NOT NULL,
  passed     INTEGER                               NOT NULL,
  failed     INTEGER                               NOT NULL,
  notTested  INTEGER                               NOT NULL,
  report     BLOB SUB_TYPE TEXT CHARACTER SET UTF8 NOT NULL,
  CONSTRAINT ofOmemoSelfTest_pk PRIMARY KEY (began)
);

INSERT INTO ofVersion (name, version) VALUES ('omemo', 1);
