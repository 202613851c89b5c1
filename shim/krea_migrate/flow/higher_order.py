"""Functions that are handed to a library together with their arguments: queues, threads, executors, partial()."""

from __future__ import annotations

from collections.abc import Iterator

from krea_migrate import ir

# These take a function and, behind it, what it is called with.
CALLERS = frozenset(
    {"to_thread", "submit", "run_in_executor", "run_sync", "run_in_threadpool", "create_task", "call_soon"}
    | {"retry", "retry_call", "with_retry", "withRetry", "with_retries", "call", "apply", "pRetry", "wrap", "spawn"}
    | {"enqueue", "enqueue_in", "enqueue_at", "add_task", "start_soon", "call_later", "call_soon_threadsafe"}
    | {"async_task", "sync_to_async", "defer_to_thread", "deferToThread", "start_new_thread", "run_coroutine"}
)
# These take it with a tuple and a dict of arguments.
PACKED = frozenset({"Thread", "Process", "Timer", "apply_async", "enqueue_call", "add_job", "apply", "schedule"})
EACH = frozenset({"map", "imap", "imap_unordered", "map_async", "thread_map", "process_map", "amap"})
STARRED = frozenset({"starmap", "starmap_async"})
# These are methods of the function itself, as a task queue makes it.
DELAYED = frozenset({"delay", "s", "si", "send", "kiq", "remote", "spawn", "defer", "defer_async", "enqueue", "submit"})
DELAYED_PACKED = frozenset(
    {"apply_async", "signature", "subtask", "send_with_options", "schedule", "message_with_options"}
)
# These give the function back that they are given, with something around it.
AROUND = frozenset(
    {"useCallback", "debounce", "throttle", "memoize", "memo", "cache", "once", "asyncHandler", "catchAsync"}
    | {"createAsyncThunk", "useEvent", "useServerFn", "rateLimit", "pThrottle", "memoizeOne", "unstable_cache", "wrap"}
    | {"withErrorHandling", "withRetry", "withLogging", "promisify", "useThrottleFn", "useDebounceFn", "bind"}
)
# These call the function itself once for each of what they are given by its name.
EXPANDED = frozenset({"expand"})
BY_NAME = frozenset({"send_task", "enqueue_job", "enqueue", "async_task"})


def inner_calls(call: ir.Call, name: str) -> Iterator[ir.Call]:
    """Yield the calls that a library makes of the function that it is given."""
    words = {word.name: word.value for word in call.words if word.name is not None}
    target = words.get("target") or words.get("func") or words.get("function")
    if target is not None and _may_be_function(target):
        yield _packed(call, target, words.get("args"), words.get("kwargs"))
    if isinstance(call.of, ir.Attr) and _may_be_function(call.of.of):
        if name in DELAYED:
            yield ir.Call(call.start, call.end, call.of.of, call.args, call.words)
        elif name in EXPANDED:
            elements = [
                ir.Word(word.name, ir.Element(call.start, call.end, word.value), word.at) for word in call.words
            ]
            yield ir.Call(call.start, call.end, call.of.of, [], elements)
        elif name in DELAYED_PACKED:
            args = words.get("args") or (call.args[0] if call.args else None)
            packed_words = words.get("kwargs") or (call.args[1] if len(call.args) > 1 else None)
            yield _packed(call, call.of.of, args, packed_words)
    yield from _of_arguments(call, name, words)


def _of_arguments(call: ir.Call, name: str, words: dict[str, ir.Node]) -> Iterator[ir.Call]:
    first = call.args[0] if call.args else None
    if name in BY_NAME and isinstance(first, ir.Str) and first.value.replace(".", "_").isidentifier():
        if "args" in words or "kwargs" in words:
            yield _packed(call, first, words.get("args"), words.get("kwargs"))
        else:
            context = [ir.Opaque(0, 0)] if name == "enqueue_job" else []
            yield ir.Call(call.start, call.end, first, [*context, *call.args[1:]], call.words)
    if name in EACH and first is not None and _may_be_function(first):
        yield ir.Call(
            call.start,
            call.end,
            first,
            [ir.Element(argument.start, argument.end, argument) for argument in call.args[1:]],
            [],
        )
    if name in STARRED and first is not None and len(call.args) > 1:
        element = ir.Element(call.start, call.end, call.args[1])
        yield ir.Call(call.start, call.end, first, [ir.Spread(call.start, call.end, element)], [])
    for number, argument in enumerate(call.args):
        if not _may_be_function(argument):
            continue
        if name in PACKED and number < 2:
            following = [*call.args[number + 1 :], None, None]
            yield _packed(call, argument, words.get("args") or following[0], words.get("kwargs") or following[1])
        if name in CALLERS:
            yield ir.Call(call.start, call.end, argument, call.args[number + 1 :], call.words)


def _packed(call: ir.Call, function: ir.Node, args: ir.Node | None, words: ir.Node | None) -> ir.Call:
    arguments: list[ir.Node] = []
    if isinstance(args, ir.Seq):
        arguments = args.items
    elif args is not None:
        arguments = [ir.Spread(args.start, args.end, args)]
    return ir.Call(call.start, call.end, function, arguments, [ir.Word(None, words, -1)] if words is not None else [])


def _may_be_function(node: ir.Node) -> bool:
    return isinstance(node, (ir.Name, ir.Attr)) or is_partial(node)


def is_partial(node: object) -> bool:
    """Return whether a node is partial(function, ...)."""
    of = node.of if isinstance(node, ir.Call) else None
    name = of.name if isinstance(of, ir.Attr) else of.id if isinstance(of, ir.Name) else ""
    return name in ("partial", "partialmethod") and isinstance(node, ir.Call) and bool(node.args)


def named_in(node: object) -> Iterator[str]:
    """Yield the names of the functions that a value may be: f, f if x else g, partial(f, ...), wrapped(f)."""
    if isinstance(node, ir.Str):
        yield node.value.rpartition(".")[2]  # a task by its name
    elif isinstance(node, ir.Name):
        yield node.id
    elif isinstance(node, ir.Attr):
        yield node.name
    elif isinstance(node, ir.Phi):
        for option in node.options:
            yield from named_in(option)
    elif is_partial(node) and isinstance(node, ir.Call):
        yield from named_in(node.args[0])
    elif isinstance(node, ir.Call):
        of = node.of
        for inner in wrapped(node, of.name if isinstance(of, ir.Attr) else of.id if isinstance(of, ir.Name) else ""):
            yield from [inner.function.name] if isinstance(inner, ir.Closure) else named_in(inner)
    elif isinstance(node, ir.Import) and node.name is not None:
        yield node.name


def wrapped(call: ir.Call, name: str) -> Iterator[ir.Node]:
    """Yield the functions that a call may give back: useCallback(function), debounce(function, 300), submit.bind(client)."""
    if name == "bind" and isinstance(call.of, ir.Attr) and len(call.args) == 1:
        yield call.of.of
    elif name in AROUND:
        yield from (argument for argument in call.args[:2] if isinstance(argument, (ir.Closure, ir.Name, ir.Attr)))
