-- The tables that Openfire 4.2.0 reads and writes at run time, for the server that tests start.
-- Written from the SQL statements in its sources: names and types are what those statements bind;
-- times are text of 15 digits except where a statement binds a number.
-- Openfire's script reader wants every statement to end with a semicolon at the end of a line.

CREATE TABLE ofVersion (name VARCHAR(50) PRIMARY KEY, version INTEGER NOT NULL);
CREATE TABLE ofID (idType INTEGER PRIMARY KEY, id BIGINT NOT NULL);
CREATE TABLE ofProperty (name VARCHAR(255) PRIMARY KEY, propValue LONGVARCHAR NOT NULL, encrypted INTEGER);

-- Accounts and what belongs to one.
CREATE TABLE ofUser (
  username VARCHAR(64) PRIMARY KEY,
  plainPassword VARCHAR(255), encryptedPassword VARCHAR(255),
  storedKey VARCHAR(255), serverKey VARCHAR(255), salt VARCHAR(255), iterations INTEGER,
  name VARCHAR(255), email VARCHAR(255),
  creationDate VARCHAR(15) NOT NULL, modificationDate VARCHAR(15) NOT NULL
);
CREATE TABLE ofUserProp (
  username VARCHAR(64), name VARCHAR(255), propValue LONGVARCHAR NOT NULL,
  PRIMARY KEY (username, name)
);
CREATE TABLE ofUserFlag (
  username VARCHAR(64), name VARCHAR(100), startTime VARCHAR(15), endTime VARCHAR(15),
  PRIMARY KEY (username, name)
);
CREATE TABLE ofPresence (username VARCHAR(64) PRIMARY KEY, offlinePresence LONGVARCHAR, offlineDate VARCHAR(15) NOT NULL);
CREATE TABLE ofOffline (
  username VARCHAR(64), messageID BIGINT,
  creationDate VARCHAR(15) NOT NULL, messageSize INTEGER NOT NULL, stanza LONGVARCHAR NOT NULL,
  PRIMARY KEY (username, messageID)
);
CREATE TABLE ofPrivate (
  username VARCHAR(64), name VARCHAR(100), namespace VARCHAR(200), privateData LONGVARCHAR NOT NULL,
  PRIMARY KEY (username, name, namespace)
);
CREATE TABLE ofPrivacyList (
  username VARCHAR(64), name VARCHAR(100), isDefault INTEGER NOT NULL, list LONGVARCHAR NOT NULL,
  PRIMARY KEY (username, name)
);
CREATE TABLE ofVCard (username VARCHAR(64) PRIMARY KEY, vcard LONGVARCHAR NOT NULL);

-- Rosters and groups.
CREATE TABLE ofRoster (
  rosterID BIGINT PRIMARY KEY, username VARCHAR(64) NOT NULL, jid VARCHAR(1024) NOT NULL,
  sub INTEGER NOT NULL, ask INTEGER NOT NULL, recv INTEGER NOT NULL, nick VARCHAR(255)
);
CREATE INDEX ofRoster_username ON ofRoster (username);
CREATE TABLE ofRosterGroups (
  rosterID BIGINT, rank INTEGER, groupName VARCHAR(255) NOT NULL,
  PRIMARY KEY (rosterID, rank)
);
CREATE TABLE ofGroup (groupName VARCHAR(255) PRIMARY KEY, description VARCHAR(255));
CREATE TABLE ofGroupProp (
  groupName VARCHAR(255), name VARCHAR(255), propValue LONGVARCHAR NOT NULL,
  PRIMARY KEY (groupName, name)
);
CREATE TABLE ofGroupUser (
  groupName VARCHAR(255), username VARCHAR(255), administrator INTEGER,
  PRIMARY KEY (groupName, username, administrator)
);

-- Other servers and components.
CREATE TABLE ofExtComponentConf (
  subdomain VARCHAR(255), wildcard INTEGER, secret VARCHAR(255), permission VARCHAR(10) NOT NULL,
  PRIMARY KEY (subdomain, wildcard)
);
CREATE TABLE ofRemoteServerConf (xmppDomain VARCHAR(255) PRIMARY KEY, remotePort INTEGER, permission VARCHAR(10) NOT NULL);

CREATE TABLE ofSecurityAuditLog (
  msgID BIGINT PRIMARY KEY, username VARCHAR(64) NOT NULL, entryStamp BIGINT NOT NULL,
  summary VARCHAR(255) NOT NULL, node VARCHAR(255) NOT NULL, details LONGVARCHAR
);

-- Chat rooms.
CREATE TABLE ofMucService (
  serviceID BIGINT NOT NULL, subdomain VARCHAR(255) PRIMARY KEY, description VARCHAR(255), isHidden INTEGER NOT NULL
);
CREATE TABLE ofMucServiceProp (
  serviceID BIGINT, name VARCHAR(255), propValue LONGVARCHAR NOT NULL,
  PRIMARY KEY (serviceID, name)
);
CREATE TABLE ofMucRoom (
  serviceID BIGINT, roomID BIGINT NOT NULL,
  creationDate VARCHAR(15) NOT NULL, modificationDate VARCHAR(15) NOT NULL,
  name VARCHAR(50), naturalName VARCHAR(255) NOT NULL, description VARCHAR(255),
  lockedDate VARCHAR(15) NOT NULL, emptyDate VARCHAR(15),
  canChangeSubject INTEGER NOT NULL, maxUsers INTEGER NOT NULL, publicRoom INTEGER NOT NULL,
  moderated INTEGER NOT NULL, membersOnly INTEGER NOT NULL, canInvite INTEGER NOT NULL,
  roomPassword VARCHAR(50), canDiscoverJID INTEGER NOT NULL, logEnabled INTEGER NOT NULL,
  subject VARCHAR(1024), rolesToBroadcast INTEGER NOT NULL, useReservedNick INTEGER NOT NULL,
  canChangeNick INTEGER NOT NULL, canRegister INTEGER NOT NULL, allowpm INTEGER,
  PRIMARY KEY (serviceID, name)
);
CREATE TABLE ofMucRoomProp (
  roomID BIGINT, name VARCHAR(255), propValue LONGVARCHAR NOT NULL,
  PRIMARY KEY (roomID, name)
);
CREATE TABLE ofMucAffiliation (
  roomID BIGINT, jid VARCHAR(1024), affiliation INTEGER NOT NULL,
  PRIMARY KEY (roomID, jid)
);
CREATE TABLE ofMucMember (
  roomID BIGINT, jid VARCHAR(1024), nickname VARCHAR(255),
  PRIMARY KEY (roomID, jid)
);
CREATE TABLE ofMucConversationLog (
  roomID BIGINT NOT NULL, messageID BIGINT NOT NULL, sender VARCHAR(1024) NOT NULL, nickname VARCHAR(255),
  logTime VARCHAR(15) NOT NULL, subject VARCHAR(255), body LONGVARCHAR, stanza LONGVARCHAR
);
CREATE INDEX ofMucConversationLog_time ON ofMucConversationLog (logTime);

-- Publish-subscribe; a user's PEP service has the bare JID for its serviceID.
CREATE TABLE ofPubsubNode (
  serviceID VARCHAR(255), nodeID VARCHAR(255), leaf INTEGER NOT NULL,
  creationDate VARCHAR(15) NOT NULL, modificationDate VARCHAR(15) NOT NULL, parent VARCHAR(255),
  deliverPayloads INTEGER NOT NULL, maxPayloadSize INTEGER, persistItems INTEGER, maxItems INTEGER,
  notifyConfigChanges INTEGER NOT NULL, notifyDelete INTEGER NOT NULL, notifyRetract INTEGER NOT NULL,
  presenceBased INTEGER NOT NULL, sendItemSubscribe INTEGER NOT NULL, publisherModel VARCHAR(15) NOT NULL,
  subscriptionEnabled INTEGER NOT NULL, configSubscription INTEGER NOT NULL, accessModel VARCHAR(10) NOT NULL,
  payloadType VARCHAR(255), bodyXSLT VARCHAR(255), dataformXSLT VARCHAR(255), creator VARCHAR(1024) NOT NULL,
  description VARCHAR(255), language VARCHAR(255), name VARCHAR(255), replyPolicy VARCHAR(15),
  associationPolicy VARCHAR(15), maxLeafNodes INTEGER,
  PRIMARY KEY (serviceID, nodeID)
);
CREATE TABLE ofPubsubNodeJIDs (
  serviceID VARCHAR(255), nodeID VARCHAR(255), jid VARCHAR(1024), associationType VARCHAR(20) NOT NULL,
  PRIMARY KEY (serviceID, nodeID, jid)
);
CREATE TABLE ofPubsubNodeGroups (serviceID VARCHAR(255) NOT NULL, nodeID VARCHAR(255) NOT NULL, rosterGroup VARCHAR(255) NOT NULL);
CREATE TABLE ofPubsubAffiliation (
  serviceID VARCHAR(255), nodeID VARCHAR(255), jid VARCHAR(1024), affiliation VARCHAR(10) NOT NULL,
  PRIMARY KEY (serviceID, nodeID, jid)
);
CREATE TABLE ofPubsubItem (
  serviceID VARCHAR(255), nodeID VARCHAR(255), id VARCHAR(255), jid VARCHAR(1024) NOT NULL,
  creationDate VARCHAR(15) NOT NULL, payload LONGVARCHAR,
  PRIMARY KEY (serviceID, nodeID, id)
);
CREATE TABLE ofPubsubSubscription (
  serviceID VARCHAR(255), nodeID VARCHAR(255), id VARCHAR(255), jid VARCHAR(1024) NOT NULL, owner VARCHAR(1024) NOT NULL,
  state VARCHAR(15) NOT NULL, deliver INTEGER NOT NULL, digest INTEGER NOT NULL, digest_frequency INTEGER NOT NULL,
  expire VARCHAR(15), includeBody INTEGER NOT NULL, showValues VARCHAR(30) NOT NULL,
  subscriptionType VARCHAR(10) NOT NULL, subscriptionDepth INTEGER NOT NULL, keyword VARCHAR(200),
  PRIMARY KEY (serviceID, nodeID, id)
);
CREATE TABLE ofPubsubDefaultConf (
  serviceID VARCHAR(255), leaf INTEGER, deliverPayloads INTEGER NOT NULL, maxPayloadSize INTEGER NOT NULL,
  persistItems INTEGER NOT NULL, maxItems INTEGER NOT NULL, notifyConfigChanges INTEGER NOT NULL,
  notifyDelete INTEGER NOT NULL, notifyRetract INTEGER NOT NULL, presenceBased INTEGER NOT NULL,
  sendItemSubscribe INTEGER NOT NULL, publisherModel VARCHAR(15) NOT NULL, subscriptionEnabled INTEGER NOT NULL,
  accessModel VARCHAR(10) NOT NULL, language VARCHAR(255), replyPolicy VARCHAR(15),
  associationPolicy VARCHAR(15) NOT NULL, maxLeafNodes INTEGER NOT NULL,
  PRIMARY KEY (serviceID, leaf)
);

-- The next number of each kind: roster items, offline messages, rooms, audit entries, chat services (one is here).
INSERT INTO ofID (idType, id) VALUES (18, 1), (19, 1), (23, 1), (25, 1), (26, 2);
INSERT INTO ofMucService (serviceID, subdomain, description, isHidden) VALUES (1, 'conference', NULL, 0);
INSERT INTO ofVersion (name, version) VALUES ('openfire', 26);
