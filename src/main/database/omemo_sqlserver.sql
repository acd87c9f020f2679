CREATE TABLE ofOmemoBot (
  bot        NVARCHAR(64)    NOT NULL,
  claim      NVARCHAR(32)    NOT NULL,
  turn       INTEGER         NOT NULL,
  keyCheck   NVARCHAR(100)   NOT NULL,
  CONSTRAINT ofOmemoBot_pk PRIMARY KEY (bot)
);

CREATE TABLE ofOmemoBotRecord (
  bot        NVARCHAR(64)    NOT NULL,
  part       NVARCHAR(20)    NOT NULL,
  recordKey  NVARCHAR(64)    NOT NULL,
  sealed     NTEXT NOT NULL,
  CONSTRAINT ofOmemoBotRecord_pk PRIMARY KEY (bot, part, recordKey)
);

INSERT INTO ofVersion (name, version) VALUES ('omemo', 0);
