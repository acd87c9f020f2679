"""
A client of slixmpp whose device speaks urn:xmpp:omemo:2 with python-omemo and python-twomemo in rooms, for RoomPeer.

Reads requests from stdin and answers each on stdout, one JSON object a line. What arrives meanwhile is read at once
and kept until the request "read" asks for it.
"""
import asyncio
import json
import logging
import sys
import traceback
import xml.etree.ElementTree as ET

import omemo
from slixmpp import ClientXMPP
from slixmpp.exceptions import IqError, IqTimeout
from slixmpp.xmlstream.handler import Callback
from slixmpp.xmlstream.matcher import MatchXPath
from twomemo import etree

from device import NAMESPACE, TrustingDevice
from sce import unwrap, wrap

PATIENCE_IN_SECONDS = 10
ENCRYPTED = f"{{{NAMESPACE}}}encrypted"
PUBSUB = "{http://jabber.org/protocol/pubsub}"
MUC = "{http://jabber.org/protocol/muc}"
MUC_USER = "{http://jabber.org/protocol/muc#user}"
MUC_ADMIN = "{http://jabber.org/protocol/muc#admin}"
DATA = "{jabber:x:data}"


class Refused(Exception):
    """The server, or somebody in a room, does not want it."""


class Client(ClientXMPP):
    """What is sent and asked for, and who is who in the rooms. Without TLS."""

    def __init__(self, jid, password, on_message):
        super().__init__(jid, password, plugin_config={"feature_mechanisms": {"unencrypted_plain": True}},
                         sasl_mech="PLAIN")
        self.occupants = {}
        self.echoes = {}
        self.on_message = on_message
        self.register_handler(Callback("presence", MatchXPath("{jabber:client}presence"), self.presence))
        self.register_handler(Callback("encrypted", MatchXPath("{jabber:client}message"), self.message))

    async def login(self, host, port):
        online = self.loop.create_future()
        for event, result in (("session_start", None), ("failed_auth", Refused("password")),
                              ("connection_failed", Refused("no connection"))):
            self.add_event_handler(event, lambda _, result=result: online.done() or online.set_result(result))
        self.connect((host, port), force_starttls=False, disable_starttls=True)
        refusal = await asyncio.wait_for(online, PATIENCE_IN_SECONDS)
        if refusal:
            raise refusal
        self.send_presence()

    async def ask(self, kind, to, payload):
        iq = self.make_iq(self.new_id(), itype=kind, ito=to)
        iq.append(payload)
        try:
            return (await iq.send(timeout=PATIENCE_IN_SECONDS)).xml
        except IqError as e:
            raise Refused(e.condition) from e
        except IqTimeout as e:
            raise Refused("timeout") from e

    async def publish(self, node, item, payload, **options):
        pubsub = ET.Element(f"{PUBSUB}pubsub")
        publish = ET.SubElement(pubsub, f"{PUBSUB}publish", node=node)
        ET.SubElement(publish, f"{PUBSUB}item", id=item).append(payload)
        form = ET.SubElement(ET.SubElement(pubsub, f"{PUBSUB}publish-options"), f"{DATA}x", type="submit")
        for name, value in {"FORM_TYPE": PUBSUB[1:-1] + "#publish-options", "pubsub#access_model": "open",
                            **options}.items():
            ET.SubElement(ET.SubElement(form, f"{DATA}field", var=name), f"{DATA}value").text = value
        await self.ask("set", None, pubsub)

    async def fetch(self, jid, node, item):
        """What is published there, or None."""
        pubsub = ET.Element(f"{PUBSUB}pubsub")
        ET.SubElement(ET.SubElement(pubsub, f"{PUBSUB}items", node=node), f"{PUBSUB}item", id=item)
        try:
            answer = await self.ask("get", jid, pubsub)
        except Refused as e:
            if str(e) == "item-not-found":
                return None
            raise
        return answer.find(f"{PUBSUB}pubsub/{PUBSUB}items/{PUBSUB}item/*")

    async def enter(self, occupant):
        presence = self.make_presence(pto=occupant)
        ET.SubElement(ET.SubElement(presence.xml, f"{MUC}x"), f"{MUC}history", maxstanzas="0")
        await self.echo_of(occupant, presence)

    async def affiliates(self, room):
        """The accounts that have a right to read what is said."""
        found = set()
        for affiliation in ("owner", "admin", "member"):
            query = ET.Element(f"{MUC_ADMIN}query")
            ET.SubElement(query, f"{MUC_ADMIN}item", affiliation=affiliation)
            answer = await self.ask("get", room, query)
            found |= {item.get("jid") for item in answer.iter(f"{MUC_ADMIN}item")}
        return frozenset(found)

    def invite(self, room, jid):
        message = self.make_message(room)
        message["type"] = "normal"
        ET.SubElement(ET.SubElement(message.xml, f"{MUC_USER}x"), f"{MUC_USER}invite", to=jid)
        message.send()

    def send_encrypted(self, to, kind, encrypted):
        message = self.encrypted(to, kind, encrypted)
        message.send()

    async def say(self, room, encrypted):
        """Returns when the room has let all hear it."""
        message = self.encrypted(room, "groupchat", encrypted)
        await self.echo_of(message["id"], message)

    def encrypted(self, to, kind, encrypted):
        message = self.make_message(to, mtype=kind)
        message["id"] = self.new_id()
        message.append(encrypted)
        ET.SubElement(message.xml, "{urn:xmpp:hints}store")
        return message

    async def echo_of(self, key, stanza):
        echo = self.echoes[key] = self.loop.create_future()
        stanza.send()
        refusal = await asyncio.wait_for(echo, PATIENCE_IN_SECONDS)
        if refusal is not None:
            raise Refused(ET.tostring(refusal, encoding="unicode"))

    def heard(self, key, stanza):
        echo = self.echoes.pop(key, None)
        if echo:
            echo.set_result(stanza.xml.find("{jabber:client}error"))

    def presence(self, presence):
        occupant = str(presence["from"])
        item = presence.xml.find(f"{MUC_USER}x/{MUC_USER}item")
        if item is not None and item.get("jid"):
            self.occupants[occupant] = item.get("jid").split("/")[0]
        if presence["type"] == "error" or presence.xml.find(f"{MUC_USER}x/{MUC_USER}status[@code='110']") is not None:
            self.heard(occupant, presence)

    def message(self, message):
        in_room = message["type"] == "groupchat"
        sender = self.occupants.get(str(message["from"])) if in_room else message["from"].bare
        if sender == self.boundjid.bare or message["type"] == "error":
            self.heard(message["id"], message)
        elif sender and message.xml.find(ENCRYPTED) is not None:
            self.on_message(sender, message["from"].bare if in_room else None, message.xml.find(ENCRYPTED))


def session_manager(client):
    class Device(TrustingDevice):
        @staticmethod
        async def _upload_bundle(bundle):
            await client.publish(f"{NAMESPACE}:bundles", str(bundle.device_id), etree.serialize_bundle(bundle),
                                 **{"pubsub#max_items": "max"})

        @staticmethod
        async def _download_bundle(namespace, bare_jid, device_id):
            try:
                bundle = await client.fetch(bare_jid, f"{NAMESPACE}:bundles", str(device_id))
            except Refused as e:
                raise omemo.BundleDownloadFailed(str(e)) from e
            if bundle is None:
                raise omemo.BundleNotFound(f"{bare_jid} {device_id}")
            return etree.parse_bundle(bundle, bare_jid, device_id)

        @staticmethod
        async def _upload_device_list(namespace, device_list):
            await client.publish(f"{NAMESPACE}:devices", "current", etree.serialize_device_list(device_list))

        @staticmethod
        async def _download_device_list(namespace, bare_jid):
            try:
                devices = await client.fetch(bare_jid, f"{NAMESPACE}:devices", "current")
            except Refused as e:
                raise omemo.DeviceListDownloadFailed(str(e)) from e
            return {} if devices is None else etree.parse_device_list(devices)

        @staticmethod
        async def _send_message(message, bare_jid):
            client.send_encrypted(bare_jid, "chat", etree.serialize_message(message))

    return Device


class Peer:
    """A request for each of the public methods."""

    def __init__(self):
        self.client = None
        self.device = None
        self.turn = asyncio.Lock()
        self.arrived = asyncio.Queue()
        self.readings = asyncio.Queue()
        self.empty = asyncio.Queue()

    async def login(self, jid, password, host, port):
        self.client = Client(jid, password, lambda *arrival: self.arrived.put_nowait(arrival))
        await self.client.login(host, int(port))
        self.device = await session_manager(self.client).begin(self.client.boundjid.bare)
        self.reader = asyncio.ensure_future(self.read_all())

    async def enter(self, room, nick):
        await self.client.enter(f"{room}/{nick}")

    async def invite(self, room, jid):
        self.client.invite(room, jid)

    async def say(self, room, body):
        readers = await self.client.affiliates(room)
        async with self.turn:
            # Who is not a contact does not tell of his devices.
            for jid in readers:
                await self.device.refresh_device_list(NAMESPACE, jid)
            messages, errors = await self.device.encrypt(
                readers, {NAMESPACE: wrap(self.client.boundjid.bare, room, body)})
        for error in errors:
            raise error.exception
        await self.client.say(room, etree.serialize_message(next(iter(messages))))

    async def read(self):
        """The next message with content that arrived, or what was wrong with it."""
        return await asyncio.wait_for(self.readings.get(), PATIENCE_IN_SECONDS)

    async def read_empty(self):
        """The sender of the next empty message that arrived."""
        return await asyncio.wait_for(self.empty.get(), PATIENCE_IN_SECONDS)

    async def read_all(self):
        while True:
            arrival = await self.arrived.get()
            try:
                reading = await self.decrypt(*arrival)
            except Exception as e:  # pylint: disable=broad-except
                logging.exception("cannot be read")
                reading = {"unreadable": f"{type(e).__name__}: {e}"}
            if reading:
                self.readings.put_nowait(reading)

    async def decrypt(self, sender, room, encrypted):
        message = etree.parse_message(encrypted, sender)
        own, _ = await self.device.get_own_device_information()
        exchanges = [exchange for key, exchange in message.keys
                     if (key.bare_jid, key.device_id) == (own.bare_jid, own.device_id)]
        if message.content.empty and not exchanges:
            # It is for one device, and all in the room get it.
            return None
        async with self.turn:
            plaintext, _, _ = await self.device.decrypt(message)
        if plaintext is None:
            self.empty.put_nowait(sender)
            return None
        return {**unwrap(plaintext), "sender": sender, "room": room, "keyExchange": exchanges[0] is not None}


async def answer(peer, do, **parameters):
    try:
        return {"result": await getattr(peer, do)(**parameters)}
    except (omemo.OMEMOException, Refused) as e:
        return {"refused": f"{type(e).__name__}: {e}"}
    except Exception:  # pylint: disable=broad-except
        return {"failed": traceback.format_exc()}


async def main():
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s: %(message).600s")
    stream = logging.getLogger("slixmpp.xmlstream.xmlstream")
    stream.setLevel(logging.DEBUG)
    stream.addFilter(lambda record: not record.msg.startswith("Event triggered"))
    answers, sys.stdout = sys.stdout, sys.stderr
    peer = Peer()
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        print(json.dumps(await answer(peer, **json.loads(line))), file=answers, flush=True)


asyncio.run(main())
