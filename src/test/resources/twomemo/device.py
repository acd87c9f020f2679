"""What the peers have in common: a device of python-omemo that trusts everybody and forgets everything at the end."""
import omemo
from omemo import storage
import twomemo

NAMESPACE = twomemo.twomemo.NAMESPACE


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


class TrustingDevice(omemo.SessionManager):
    """What it publishes, fetches and sends is up to subclasses."""

    @classmethod
    async def begin(cls, jid):
        memory = Memory()
        device = await cls.create([twomemo.Twomemo(memory)], memory, jid, "peer", omemo.TrustLevel.UNDECIDED.name)
        await device.after_history_sync()
        return device

    @staticmethod
    async def _delete_bundle(namespace, device_id):
        raise NotImplementedError

    async def _evaluate_custom_trust_level(self, device):
        return omemo.TrustLevel[device.trust_level_name]

    async def _make_trust_decision(self, undecided, identifier):
        for device in undecided:
            await self.set_trust(device.bare_jid, device.identity_key, omemo.TrustLevel.TRUSTED.name)
