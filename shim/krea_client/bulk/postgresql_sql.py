"""The tables and statements of a journal in PostgreSQL: constants only, made of no value from outside."""

from __future__ import annotations

from krea_client.bulk.states import OPEN, ItemState

SCHEMA_VERSION = 1
# in `items.worker` between a worker's name and the number of its lock, where the lease ends with its connection
SESSION = chr(30)
WORKER_LOCK_CLASS = 0x6B726562  # the advisory locks of workers are (this, a random number)

# Keys and ids are bytes: text of PostgreSQL cannot hold every character that a key may have.
SCHEMA = f"""
create schema if not exists krea_bulk;
create table if not exists krea_bulk.versions (version int not null);
create table if not exists krea_bulk.runs (run int generated always as identity primary key, name text unique not null, leader text);
create table if not exists krea_bulk.settings (run int, name text, value text not null, primary key (run, name));
create table if not exists krea_bulk.checkpoints (run int, ordinal bigint, position bigint not null, primary key (run, ordinal));
create table if not exists krea_bulk.tallies
  (run int, state smallint, items bigint not null, price numeric not null, primary key (run, state)) with (fillfactor = 50);
create table if not exists krea_bulk.items (
  run int, ordinal bigint, server_time bigint not null, price bigint, seconds float8, lease timestamptz, state smallint not null,
  key bytea not null, model text not null, job_id bytea, details text, worker text, primary key (run, ordinal));
create index if not exists items_by_key on krea_bulk.items (run, md5(key));
create index if not exists items_by_job on krea_bulk.items (run, md5(job_id)) where job_id is not null;
create index if not exists open_items on krea_bulk.items (run, state, ordinal) where state in ({", ".join(map(str, sorted(OPEN)))});
insert into krea_bulk.versions select {SCHEMA_VERSION} where not exists (select from krea_bulk.versions);
"""
COLUMNS = "ordinal, key, state, model, job_id, server_time, seconds, price, details"
ARRAYS = "bigint[], bytea[], smallint[], text[], bytea[], bigint[], float8[], bigint[], text[]"
NEW_ROWS = f"select * from unnest({', '.join(f'%s::{kind}' for kind in ARRAYS.split(', '))}) as new_rows({COLUMNS})"
CHANGES = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS.split(", ")[1:])
TALLY = """
insert into krea_bulk.tallies select %s, state, sum(sign), sum(sign * coalesce(price, 0)) from
  (select state, price, 1 as sign from added union all select state, price, -1 from removed) as changes
  group by state order by state
on conflict (run, state) do update set items = tallies.items + excluded.items, price = tallies.price + excluded.price"""
WRITE = f"""
with added as ({NEW_ROWS}),
removed as (select ordinal, state, price from krea_bulk.items where run = %s and ordinal = any(%s) order by ordinal for update),
written as (
  insert into krea_bulk.items (run, {COLUMNS}) select %s, {COLUMNS} from added order by ordinal
  on conflict (run, ordinal) do update set {CHANGES}, worker = null, lease = null)
{TALLY}"""
WRITE_SAVED = f"""
with given as ({NEW_ROWS}),
removed as (
  select ordinal, state, price from krea_bulk.items
  where run = %s and ordinal = any(%s) and state = {ItemState.ENDED:d} order by ordinal for update),
added as (
  update krea_bulk.items as old set state = given.state, details = given.details, seconds = given.seconds, worker = null, lease = null
  from given join removed using (ordinal) where old.run = %s and old.ordinal = given.ordinal
  returning old.state, old.price)
{TALLY}"""
LOCKS_OF_WORKERS = f"""
select objid::text from pg_locks
where locktype = 'advisory' and classid = {WORKER_LOCK_CLASS} and objsubid = 2
and database = (select oid from pg_database where datname = current_database())"""
IS_OF_A_DEAD_WORKER = f"""
(position(chr({ord(SESSION)}) in worker) > 0 and split_part(worker, chr({ord(SESSION)}), 2) not in ({LOCKS_OF_WORKERS}))"""
TAKE = f"""
with free as (
  select ordinal from krea_bulk.items
  where run = %s and state = {ItemState.ENDED:d} and ordinal <> all(%s::bigint[])
  and (worker is null or worker = %s or lease < now() or {IS_OF_A_DEAD_WORKER})
  order by ordinal limit %s for update skip locked)
update krea_bulk.items as taken set worker = %s, lease = now() + make_interval(secs => %s) from free
where taken.run = %s and taken.ordinal = free.ordinal
returning {COLUMNS.replace("ordinal", "taken.ordinal")}"""
PAGE = f"select {COLUMNS} from krea_bulk.items where run = %s and ordinal > %s and state = any(%s) order by ordinal limit %s"
FIND = f"select {COLUMNS} from krea_bulk.items where run = %s and md5(key) = md5(%s) and key = %s"
KNOWN = """
select job_id from unnest(%s::bytea[]) as asked(id) join krea_bulk.items
on run = %s and job_id is not null and md5(job_id) = md5(id) and job_id = id"""
CHECKPOINT = (
    "select ordinal, position from krea_bulk.checkpoints where run = %s and ordinal <= %s order by ordinal desc limit 1"
)
WRITE_CHECKPOINT = """
insert into krea_bulk.checkpoints values (%s, %s, %s) on conflict (run, ordinal) do update set position = excluded.position"""
WRITE_SETTING = """
insert into krea_bulk.settings values (%s, %s, %s) on conflict (run, name) do update set value = excluded.value"""
DELETE_SETTING = "delete from krea_bulk.settings where run = %s and name = %s"
