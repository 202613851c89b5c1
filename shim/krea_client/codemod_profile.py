"""What krea_migrate may know of the client: the operations with their alias tables, the errors of looking one up, JSON access, its version.

krea_migrate imports nothing else from krea_client; an import-linter contract holds that.
"""

from krea_client import _json as json
from krea_client._spec.catalogue import Alias, Operation, RetiredField, catalogue
from krea_client._version import __version__ as version
from krea_client.errors import ModelGone, ModelUnknown

__all__ = ["Alias", "ModelGone", "ModelUnknown", "Operation", "RetiredField", "catalogue", "json", "version"]
