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

INSERT INTO ofVersion (name, version) VALUES ('omemo', 0);
