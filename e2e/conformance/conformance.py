"""Whether a server speaks the streams protocol as an independent client understands it.

    VERDICT_LOG_URL=esdb://127.0.0.1:2113?tls=false python conformance.py

Each case makes streams of its own, so the server may hold anything and may be used by others meanwhile.
Prints one line for each case and ends with 1 when one of them failed.
"""

import json
import os
import re
import sys
import threading
import traceback
from uuid import uuid4

from kurrentdbclient import KurrentDBClient, NewEvent, StreamState
from kurrentdbclient.events import CaughtUp, Checkpoint
from kurrentdbclient.exceptions import (
    KurrentDBClientError,
    MaximumAppendSizeExceededError,
    NotFoundError,
    StreamIsDeletedError,
    WrongCurrentVersionError,
)

CASES = []
# Seconds for which a case waits for something that must happen.
DEADLINE = 20


def case(function):
    CASES.append(function)
    return function


def fresh(prefix="conformance"):
    return f"{prefix}-{uuid4()}"


def event(number=0, **more):
    return NewEvent(type="Happened", data=json.dumps({"number": number}).encode(), **more)


def events(count):
    return [event(number) for number in range(count)]


def put(client, stream, new, state=StreamState.ANY):
    return client.append_to_stream(stream, current_version=state, events=new)


def numbers(recorded):
    return [json.loads(one.data)["number"] for one in recorded]


def refused(kind, call):
    try:
        call()
    except kind as error:
        return error
    raise AssertionError(f"was not refused with {kind.__name__}")


def taken(subscription, count, wanted=lambda one: True):
    """The next items of a subscription, with a deadline."""
    timer = threading.Timer(DEADLINE, subscription.stop)
    timer.start()
    found = []
    try:
        for one in subscription:
            if wanted(one):
                found.append(one)
                if len(found) == count:
                    return found
    finally:
        timer.cancel()
        subscription.stop()
    raise AssertionError(f"{len(found)} of {count} items in {DEADLINE} s")


def is_event(one):
    return not isinstance(one, (CaughtUp, Checkpoint))


# Order

@case
def order_is_one_total_order_with_gapless_revisions(client):
    a, b = fresh(), fresh()
    for number in range(5):
        put(client, a, [event(number)])
        put(client, b, [event(number)])
    for stream in (a, b):
        assert [one.stream_position for one in client.get_stream(stream)] == list(range(5))
    mine = [one for one in client.read_all() if one.stream_name in (a, b)]
    positions = [one.commit_position for one in mine]
    assert positions == sorted(set(positions)), positions


@case
def order_events_of_one_append_are_neighbours(client):
    stream = fresh()
    other = threading.Thread(target=lambda: [put(client, fresh(), [event()]) for _ in range(20)])
    other.start()
    put(client, stream, events(20))
    other.join()
    around = [one.stream_name for one in client.read_all()]
    first = around.index(stream)
    assert around[first:first + 20] == [stream] * 20


# Expected revision

@case
def expected_any_is_always_met(client):
    stream = fresh()
    put(client, stream, events(1))
    put(client, stream, events(1))
    assert client.get_current_version(stream) == 1


@case
def expected_no_stream_is_met_once(client):
    stream = fresh()
    put(client, stream, events(1), StreamState.NO_STREAM)
    error = refused(WrongCurrentVersionError, lambda: put(client, stream, events(1), StreamState.NO_STREAM))
    assert error.actual_version == 0, error.actual_version


@case
def expected_stream_exists_needs_a_stream(client):
    stream = fresh()
    error = refused(WrongCurrentVersionError, lambda: put(client, stream, events(1), StreamState.EXISTS))
    assert error.actual_version == StreamState.NO_STREAM, error.actual_version
    put(client, stream, events(1))
    put(client, stream, events(1), StreamState.EXISTS)


@case
def expected_revision_is_that_of_the_last_event(client):
    stream = fresh()
    put(client, stream, events(2))
    error = refused(WrongCurrentVersionError, lambda: put(client, stream, events(1), 0))
    assert error.actual_version == 1, error.actual_version
    refused(WrongCurrentVersionError, lambda: put(client, stream, events(1), 7))
    put(client, stream, events(1), 1)


@case
def expected_stream_exists_is_refused_after_a_delete(client):
    stream = fresh()
    put(client, stream, events(1))
    client.delete_stream(stream, current_version=0)
    refused(StreamIsDeletedError, lambda: put(client, stream, events(1), StreamState.EXISTS))


# Idempotent re-append

@case
def repeat_with_an_exact_revision_answers_the_original_position(client):
    stream, new = fresh(), events(3)
    first = put(client, stream, new, StreamState.NO_STREAM)
    put(client, stream, events(1), 2)
    assert put(client, stream, new, StreamState.NO_STREAM) == first
    assert len(client.get_stream(stream)) == 4


@case
def repeat_with_any_writes_nothing(client):
    stream, new = fresh(), events(2)
    first = put(client, stream, new)
    assert put(client, stream, new) == first
    assert len(client.get_stream(stream)) == 2


@case
def repeat_of_a_part_is_refused(client):
    stream, new = fresh(), events(2)
    put(client, stream, new, StreamState.NO_STREAM)
    changed = [new[0], event(9)]
    refused(KurrentDBClientError, lambda: put(client, stream, changed, StreamState.NO_STREAM))
    assert len(client.get_stream(stream)) == 2


# Read

@case
def read_forwards_from_the_start_and_from_a_revision(client):
    stream = fresh()
    put(client, stream, events(5))
    assert numbers(client.get_stream(stream)) == [0, 1, 2, 3, 4]
    assert numbers(client.get_stream(stream, stream_position=3)) == [3, 4]
    assert numbers(client.get_stream(stream, stream_position=1, limit=2)) == [1, 2]


@case
def read_backwards_from_the_end_and_from_a_revision(client):
    stream = fresh()
    put(client, stream, events(5))
    assert numbers(client.get_stream(stream, backwards=True)) == [4, 3, 2, 1, 0]
    assert numbers(client.get_stream(stream, backwards=True, stream_position=2)) == [2, 1, 0]
    assert numbers(client.get_stream(stream, backwards=True, limit=1)) == [4]


@case
def read_of_a_stream_that_was_never_written_is_not_found(client):
    refused(NotFoundError, lambda: client.get_stream(fresh()))


@case
def read_of_a_long_stream_is_complete(client):
    stream = fresh()
    for _ in range(3):
        put(client, stream, events(700))
    assert [one.stream_position for one in client.get_stream(stream)] == list(range(2100))


@case
def read_of_all_from_a_position_is_inclusive(client):
    stream = fresh()
    position = put(client, stream, events(1))
    put(client, stream, events(1))
    found = list(client.read_all(commit_position=position, limit=1))
    assert (found[0].stream_name, found[0].stream_position) == (stream, 0), found


@case
def read_of_all_backwards_begins_with_the_newest(client):
    stream = fresh()
    put(client, stream, events(2))
    found = [one for one in client.read_all(backwards=True, limit=50) if one.stream_name == stream]
    assert [one.stream_position for one in found] == [1, 0]


@case
def read_of_all_can_be_filtered(client):
    stream = fresh("filtered")
    position = put(client, stream, events(2))
    put(client, fresh(), events(2))
    by_name = client.read_all(
        commit_position=position, filter_include=[re.escape(stream)], filter_by_stream_name=True
    )
    assert len(list(by_name)) == 1, "from the last event of the first append, inclusive"


# What an event carries

@case
def event_carries_id_type_data_metadata_and_content_type(client):
    stream, id = fresh(), uuid4()
    new = NewEvent(type="Kept", data=b"\x00\x01", metadata=b'{"a":1}', content_type="application/octet-stream", id=id)
    put(client, stream, [new])
    found = client.get_stream(stream)[0]
    assert (found.id, found.type, found.data) == (id, "Kept", b"\x00\x01"), found
    assert (found.metadata, found.content_type) == (b'{"a":1}', "application/octet-stream"), found
    assert found.recorded_at is not None and found.recorded_at.year >= 2024


# Subscriptions

@case
def subscription_to_all_catches_up_and_then_lives(client):
    stream = fresh()
    position = put(client, stream, events(1))
    subscription = client.subscribe_to_all(commit_position=position)
    put(client, stream, [event(1), event(2)])
    found = taken(subscription, 2, lambda one: is_event(one) and one.stream_name == stream)
    assert numbers(found) == [1, 2], "a position is exclusive here"


@case
def subscription_says_when_it_has_caught_up(client):
    stream = fresh()
    put(client, stream, events(3))
    subscription = client.subscribe_to_stream(stream, include_caught_up=True)
    found = taken(subscription, 4)
    assert isinstance(found[3], CaughtUp), found
    assert numbers(found[:3]) == [0, 1, 2]


@case
def subscription_to_a_stream_begins_after_a_revision_or_at_the_end(client):
    stream = fresh()
    put(client, stream, events(3))
    assert numbers(taken(client.subscribe_to_stream(stream, stream_position=1), 1)) == [2]
    at_end = client.subscribe_to_stream(stream, from_end=True)
    put(client, stream, [event(9)])
    assert numbers(taken(at_end, 1)) == [9]


@case
def subscription_to_a_stream_that_is_not_there_yet_waits(client):
    stream = fresh()
    subscription = client.subscribe_to_stream(stream)
    put(client, stream, events(1))
    assert numbers(taken(subscription, 1)) == [0]


@case
def subscription_filtered_by_stream_and_by_type(client):
    stream = fresh("wanted")
    position = put(client, fresh(), events(1))
    put(client, stream, events(2))
    put(client, fresh(), [NewEvent(type="Other", data=b"{}")])
    by_name = client.subscribe_to_all(
        commit_position=position, filter_include=[re.escape(stream)], filter_by_stream_name=True
    )
    assert numbers(taken(by_name, 2)) == [0, 1]
    by_type = client.subscribe_to_all(commit_position=position, filter_include=["Other"])
    assert taken(by_type, 1)[0].type == "Other"


@case
def subscription_excludes_system_events_by_looking_ahead(client):
    stream = fresh()
    position = put(client, stream, events(1))
    client.set_stream_metadata(stream, metadata={"note": 1})
    put(client, stream, [event(7)])
    found = taken(client.subscribe_to_all(commit_position=position), 1)
    assert numbers(found) == [7], "the default filter leaves out the metadata event"


@case
def subscription_with_a_filter_says_how_far_it_looked(client):
    position = put(client, fresh(), events(1))
    put(client, fresh(), events(200))
    subscription = client.subscribe_to_all(
        commit_position=position,
        filter_include=["NeverWritten"],
        include_checkpoints=True,
        window_size=1,
        checkpoint_interval_multiplier=32,
    )
    found = taken(subscription, 2, lambda one: isinstance(one, Checkpoint))
    seen = [one.commit_position for one in found]
    assert position < seen[0] < seen[1], seen


@case
def subscription_ends_when_its_stream_is_closed_for_ever(client):
    stream = fresh()
    put(client, stream, events(1))
    subscription = client.subscribe_to_stream(stream)
    client.tombstone_stream(stream, current_version=0)
    refused(KurrentDBClientError, lambda: taken(subscription, 5))


# Links

@case
def link_is_followed_when_asked_for(client):
    target, links = fresh(), fresh()
    put(client, target, events(2))
    put(client, links, [NewEvent(type="$>", data=f"1@{target}".encode(), content_type="application/octet-stream")])
    plain = client.get_stream(links)[0]
    assert (plain.type, plain.stream_name) == ("$>", links), plain
    followed = client.get_stream(links, resolve_links=True)[0]
    assert (followed.stream_name, followed.stream_position) == (target, 1), followed
    assert followed.link is not None and followed.link.stream_name == links, followed.link


# Metadata stream

@case
def metadata_is_kept_and_has_versions(client):
    stream = fresh()
    put(client, stream, events(1))
    assert client.get_stream_metadata(stream) == ({}, StreamState.NO_STREAM)
    client.set_stream_metadata(stream, metadata={"owner": "growth"}, current_version=StreamState.NO_STREAM)
    assert client.get_stream_metadata(stream) == ({"owner": "growth"}, 0)
    refused(
        WrongCurrentVersionError,
        lambda: client.set_stream_metadata(stream, metadata={}, current_version=StreamState.NO_STREAM),
    )


@case
def metadata_max_count_hides_the_oldest(client):
    stream = fresh()
    put(client, stream, events(5))
    client.set_stream_metadata(stream, metadata={"$maxCount": 2})
    assert numbers(client.get_stream(stream)) == [3, 4]


@case
def metadata_truncate_before_hides_what_is_before(client):
    stream = fresh()
    put(client, stream, events(5))
    client.set_stream_metadata(stream, metadata={"$tb": 4})
    assert numbers(client.get_stream(stream)) == [4]


# Delete and tombstone

@case
def delete_hides_the_stream_and_revisions_go_on(client):
    stream = fresh()
    put(client, stream, events(2))
    client.delete_stream(stream, current_version=1)
    refused(NotFoundError, lambda: client.get_stream(stream))
    put(client, stream, [event(5)], StreamState.NO_STREAM)
    found = client.get_stream(stream)
    assert [(one.stream_position) for one in found] == [2], found
    assert numbers(found) == [5]


@case
def delete_of_what_was_never_there_is_a_wrong_version(client):
    refused(NotFoundError, lambda: client.delete_stream(fresh(), current_version=StreamState.ANY))


@case
def delete_with_another_revision_is_refused(client):
    stream = fresh()
    put(client, stream, events(2))
    error = refused(WrongCurrentVersionError, lambda: client.delete_stream(stream, current_version=7))
    assert error.actual_version == 1, error.actual_version


@case
def delete_of_what_is_deleted_is_accepted(client):
    stream = fresh()
    put(client, stream, events(2))
    client.delete_stream(stream, current_version=1)
    client.delete_stream(stream, current_version=StreamState.ANY)
    client.delete_stream(stream, current_version=1)


@case
def delete_of_what_only_has_metadata_is_accepted(client):
    stream = fresh()
    client.set_stream_metadata(stream, metadata={"owner": "growth"})
    client.delete_stream(stream, current_version=StreamState.NO_STREAM)


@case
def metadata_of_a_tombstone_is_written_and_not_read(client):
    stream = fresh()
    put(client, stream, events(1))
    client.set_stream_metadata(stream, metadata={"owner": "growth"})
    client.tombstone_stream(stream, current_version=StreamState.ANY)
    client.set_stream_metadata(stream, metadata={"owner": "none"}, current_version=0)
    client.set_stream_metadata(stream, metadata={"owner": "none"}, current_version=StreamState.ANY)
    refused(StreamIsDeletedError, lambda: client.get_stream_metadata(stream))
    refused(StreamIsDeletedError, lambda: put(client, stream, events(1)))


@case
def tombstone_is_final(client):
    stream = fresh()
    put(client, stream, events(1))
    client.tombstone_stream(stream, current_version=0)
    refused(StreamIsDeletedError, lambda: client.get_stream(stream))
    refused(StreamIsDeletedError, lambda: put(client, stream, events(1)))
    refused(StreamIsDeletedError, lambda: client.tombstone_stream(stream, current_version=0))


@case
def tombstone_takes_the_metadata_with_it(client):
    stream = fresh()
    put(client, stream, events(1))
    client.tombstone_stream(stream, current_version=0)
    refused(KurrentDBClientError, lambda: client.get_stream_metadata(stream))


# Errors

@case
def error_of_an_append_that_is_too_large(client):
    stream = fresh()
    large = NewEvent(type="Large", data=b"x" * (16 << 20), content_type="application/octet-stream")
    refused(MaximumAppendSizeExceededError, lambda: put(client, stream, [large]))
    refused(NotFoundError, lambda: client.get_stream(stream))


# Gossip

@case
def gossip_names_a_leader(client):
    members = client.read_gossip()
    assert any("LEADER" in str(one.state).upper() for one in members), members
    assert all(one.address and one.port for one in members), members


def main():
    client = KurrentDBClient(uri=os.environ["VERDICT_LOG_URL"])
    only = sys.argv[1:]
    chosen = [function for function in CASES if not only or function.__name__ in only]
    failed = 0
    for function in chosen:
        try:
            function(client)
            print(f"ok      {function.__name__}", flush=True)
        except Exception:
            failed += 1
            print(f"FAILED  {function.__name__}", flush=True)
            traceback.print_exc()
    client.close()
    print(f"{len(chosen) - failed} of {len(chosen)} cases passed")
    return 1 if failed or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
