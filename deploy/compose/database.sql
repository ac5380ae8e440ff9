-- A service's database and its role, which owns that database and can connect to no other. Run with psql by a superuser, connected to "postgres":
-- the variable name is the name of both, the environment's PASSWORD the role's password. May be repeated; a database of before is handed over.
\set ON_ERROR_STOP on
\getenv password PASSWORD
select format('create role %I', :'name') where not exists (select 1 from pg_roles where rolname = :'name') \gexec
select format('alter role %I with login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password %L', :'name', :'password') \gexec
select format('create database %I owner %I template template0 encoding ''UTF8'' locale ''C''', :'name', :'name')
where not exists (select 1 from pg_database where datname = :'name') \gexec
select format('alter database %I owner to %I', :'name', :'name') \gexec
select format('revoke all on database %I from public', datname) from pg_database where datname in (:'name', 'postgres', 'template1') \gexec

\connect :"name"
select format('alter %s %I.%I owner to %I', case relkind when 'S' then 'sequence' when 'v' then 'view' else 'table' end, nspname, relname, :'name')
from pg_class
join pg_namespace on pg_namespace.oid = relnamespace
where nspname = 'public' and relkind in ('r', 'p', 'v', 'S') and relowner <> (select oid from pg_roles where rolname = :'name')
    -- Those of a column go with their table.
    and not exists (select 1 from pg_depend where objid = pg_class.oid and classid = 'pg_class'::regclass and deptype in ('a', 'i')) \gexec
select format('alter routine %s owner to %I', pg_proc.oid::regprocedure, :'name')
from pg_proc
join pg_namespace on pg_namespace.oid = pronamespace
where nspname = 'public' and proowner <> (select oid from pg_roles where rolname = :'name') \gexec
