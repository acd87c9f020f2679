"""Stanza content encryption, XEP-0420: the envelope of a message with a body."""
from datetime import datetime, timezone
import secrets
import xml.etree.ElementTree as ET

SCE = "{urn:xmpp:sce:1}"
BODY = "{jabber:client}body"


def wrap(sender, recipient, body):
    envelope = ET.Element(f"{SCE}envelope")
    ET.SubElement(ET.SubElement(envelope, f"{SCE}content"), BODY).text = body
    ET.SubElement(envelope, f"{SCE}rpad").text = secrets.token_hex(secrets.randbelow(100))
    ET.SubElement(envelope, f"{SCE}from", jid=sender)
    ET.SubElement(envelope, f"{SCE}to", jid=recipient)
    ET.SubElement(envelope, f"{SCE}time", stamp=datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"))
    return ET.tostring(envelope)


def unwrap(plaintext):
    envelope = ET.fromstring(plaintext)
    content = envelope.find(f"{SCE}content")
    return {
        "body": content.find(BODY).text,
        "from": envelope.find(f"{SCE}from").get("jid"),
        "to": envelope.find(f"{SCE}to").get("jid"),
        "time": envelope.find(f"{SCE}time").get("stamp")
    }
