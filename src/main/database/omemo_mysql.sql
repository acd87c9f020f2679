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
  sealed     MEDIUMTEXT NOT NULL,
  CONSTRAINT ofOmemoBotRecord_pk PRIMARY KEY (bot, part, recordKey)
);

INSERT INTO ofVersion (name, version) VALUES ('omemo', 0);
