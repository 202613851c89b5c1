"""The methods that the sync and the async client share: those that need no request."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from krea_client._session import Session
from krea_client.jobs import Job

if TYPE_CHECKING:
    from krea_client._spec.prices import Price
    from krea_client.models import Models


class BaseClient:
    """A client, sync or async, without the methods that send requests."""

    _base_url: str = ""  # of a client whose constructor failed, in a traceback
    _session: Session

    def price(self, request_or_model: object, body: Mapping[str, Any] | None = None, /, **fields: Any) -> Price:
        """Return the documented price of a request, given as to `submit`; it is not sent and need not be complete.

        Raises:
            ModelUnknown, ModelGone: there is no such model.
            RequestInvalid: a field breaks the documented rules, so that the price would be that of another request.
        """
        return self._session.price(request_or_model, body, fields)

    @cached_property
    def models(self) -> Models:
        """The models that this client knows: list, search, get, with fields, prices, examples and JSON Schemas."""
        from krea_client.models import Models

        return Models(self._session.rules.catalogue)

    @property
    def spent(self) -> float | None:
        """Upper bound of what this client has spent so far, in USD; None for a client without a budget."""
        return self._session.spent

    @property
    def open_jobs(self) -> list[Job]:
        """Jobs that this client created and of whose end it has not told you, such as those of a loop left early; oldest first."""
        return self._session.options.memory.open_jobs()

    @property
    def clock_offset(self) -> timedelta | None:
        """How far the API's clock is ahead of this machine's, by the last response with a Date; None before that."""
        return self._session.options.clock_offset.value

    def __repr__(self) -> str:
        return f"{type(self).__name__}(base_url={self._base_url!r})"

    def __reduce__(self) -> str | tuple[Any, ...]:
        name = type(self).__name__
        raise TypeError(f"{name} cannot be pickled: it holds connections and a token; make one in each process")
