"""
A device that speaks urn:xmpp:omemo:2 with python-omemo and python-twomemo, for TwomemoPeerTest.

Reads requests from stdin and answers each on stdout, one JSON object a line. XML goes both ways as text. Every answer
also tells what the device has published and sent by itself meanwhile. The request "start" makes a new device.
"""
import asyncio
import json
import logging
import sys
import traceback
import xml.etree.ElementTree as ET

import omemo
from twomemo import etree

from device import NAMESPACE, TrustingDevice
from sce import unwrap, wrap


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
    class Device(TrustingDevice):
        @staticmethod
        async def _upload_bundle(bundle):
            network.publish("bundles", bundle.device_id, etree.serialize_bundle(bundle))

        @staticmethod
        async def _download_bundle(namespace, bare_jid, device_id):
            if (bare_jid, device_id) not in network.bundles:
                raise omemo.BundleNotFound()
            return network.bundles[bare_jid, device_id]

        @staticmethod
        async def _upload_device_list(namespace, device_list):
            network.device_lists[jid] = device_list
            network.publish("devices", "current", etree.serialize_device_list(device_list))

        @staticmethod
        async def _download_device_list(namespace, bare_jid):
            return network.device_lists.get(bare_jid, {})

        @staticmethod
        async def _send_message(message, bare_jid):
            network.sent.append(text(etree.serialize_message(message)))

    return Device


class Peer:
    """A request for each of the public methods."""

    def __init__(self, jid):
        self.jid = jid
        self.network = Network()
        self.device = None

    async def start(self):
        self.device = await session_manager(self.jid, self.network).begin(self.jid)

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
