"""
A device that speaks urn:xmpp:omemo:2 with python-omemo and python-twomemo, for TwomemoPeerTest.

Reads requests from stdin and answers each on stdout, one JSON object a line. XML goes both ways as text. Every answer
also tells what the device has published and sent by itself meanwhile. The request "start" makes a new device.
"""
import asyncio
from datetime import datetime, timezone
import json
import logging
import secrets
import sys
import traceback
import xml.etree.ElementTree as ET

import omemo
from omemo import storage
import twomemo
from twomemo import etree

NAMESPACE = twomemo.twomemo.NAMESPACE
SCE = "{urn:xmpp:sce:1}"
BODY = "{jabber:client}body"


class Memory(storage.Storage):
    def __init__(self):
        super().__init__(disable_cache=True)
        self.values = {}

    async def _load(self, key):
        return storage.Just(self.values[key]) if key in self.values else storage.Nothing()

    async def _store(self, key, value):
        self.values[key] = value

    async def _delete(self, key):
        self.values.pop(key, None)


class Network:
    """What others have published, and what this device has published and sent since the last answer."""

    def __init__(self):
        self.device_lists = {}
        self.bundles = {}
        self.published = []
        self.sent = []

    def publish(self, node, item, element):
        self.published.append({"node": f"{NAMESPACE}:{node}", "item": str(item), "xml": text(element)})


def text(element):
    return ET.tostring(element, encoding="unicode")


def session_manager(jid, network):
    class Device(omemo.SessionManager):
        @staticmethod
        async def _upload_bundle(bundle):
            network.publish("bundles", bundle.device_id, etree.serialize_bundle(bundle))

        @staticmethod
        async def _download_bundle(namespace, bare_jid, device_id):
            if (bare_jid, device_id) not in network.bundles:
                raise omemo.BundleNotFound()
            return network.bundles[bare_jid, device_id]

        @staticmethod
        async def _delete_bundle(namespace, device_id):
            raise NotImplementedError

        @staticmethod
        async def _upload_device_list(namespace, device_list):
            network.device_lists[jid] = device_list
            network.publish("devices", "current", etree.serialize_device_list(device_list))

        @staticmethod
        async def _download_device_list(namespace, bare_jid):
            return network.device_lists.get(bare_jid, {})

        async def _evaluate_custom_trust_level(self, device):
            return omemo.TrustLevel[device.trust_level_name]

        async def _make_trust_decision(self, undecided, identifier):
            for device in undecided:
                await self.set_trust(device.bare_jid, device.identity_key, omemo.TrustLevel.TRUSTED.name)

        @staticmethod
        async def _send_message(message, bare_jid):
            network.sent.append(text(etree.serialize_message(message)))

    return Device


def wrap(sender, recipient, body):
    """Stanza content encryption, XEP-0420."""
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


class Peer:
    """A request for each of the public methods."""

    def __init__(self, jid):
        self.jid = jid
        self.network = Network()
        self.device = None

    async def start(self):
        memory = Memory()
        self.device = await session_manager(self.jid, self.network).create(
            [twomemo.Twomemo(memory)], memory, self.jid, "peer", omemo.TrustLevel.UNDECIDED.name)
        await self.device.after_history_sync()

    async def learn(self, jid, node, item, xml):
        element = ET.fromstring(xml)
        if node == f"{NAMESPACE}:devices":
            self.network.device_lists[jid] = etree.parse_device_list(element)
            await self.device.update_device_list(NAMESPACE, jid, self.network.device_lists[jid])
        else:
            self.network.bundles[jid, int(item)] = etree.parse_bundle(element, jid, int(item))

    async def encrypt(self, jid, body):
        messages, errors = await self.device.encrypt(frozenset({jid}), {NAMESPACE: wrap(self.jid, jid, body)})
        for error in errors:
            raise error.exception
        return text(etree.serialize_message(next(iter(messages))))

    async def decrypt(self, jid, xml):
        plaintext, _, _ = await self.device.decrypt(etree.parse_message(ET.fromstring(xml), jid))
        return None if plaintext is None else unwrap(plaintext)

    async def replace(self, jid):
        for device in await self.device.get_device_information(jid):
            for error in (await self.device.replace_sessions(device)).values():
                raise error


async def answer(peer, do, **parameters):
    peer.network.published.clear()
    peer.network.sent.clear()
    try:
        result = {"result": await getattr(peer, do)(**parameters)}
    except omemo.OMEMOException as e:
        result = {"refused": type(e).__name__}
    except Exception:  # pylint: disable=broad-except
        result = {"failed": traceback.format_exc()}
    return {**result, "published": peer.network.published, "sent": peer.network.sent}


async def main():
    logging.disable(logging.CRITICAL)
    peer = None
    for line in sys.stdin:
        request = json.loads(line)
        if request["do"] == "start":
            peer = Peer(request.pop("jid"))
        print(json.dumps(await answer(peer, **request)), flush=True)


asyncio.run(main())
