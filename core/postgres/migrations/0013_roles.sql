-- Roles that may do no more than they need. None may log in: they are granted to those who may.
--   orderlab_owner  owns the schema: changes it, archives
--   orderlab_app    what a server needs while it runs
--   orderlab_read   looks
-- Roles belong to the cluster, so that all Orderlab databases in it share them; who may connect to which is CONNECT's to say.

-- What the statements of a server need of a table.
CREATE FUNCTION orderlab.app_privileges(wanted name) RETURNS text[] LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
    SELECT CASE
        WHEN wanted = 'schema_migrations' THEN '{SELECT}'
        WHEN wanted IN ('consumer_groups', 'gateway_ledger', 'refunds') THEN '{SELECT,INSERT}'
        WHEN wanted IN ('dead_letters', 'orders', 'payments') THEN '{SELECT,INSERT,UPDATE}'
        WHEN wanted IN ('event_log', 'outbox_slots') THEN '{SELECT,UPDATE}'
        WHEN wanted IN ('idempotency_keys', 'inbox', 'notifications') THEN '{SELECT,INSERT,DELETE}'
        ELSE '{SELECT,INSERT,UPDATE,DELETE}'
    END::text[] $$;

-- Makes the roles that are missing, and gives each what it needs of what is there. As often as wanted. What the caller may
-- not do is left out and told: null when nothing is left to do.
CREATE FUNCTION orderlab.grant_roles() RETURNS text LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
    role   name;
    object record;
    undone text[] := '{}';
BEGIN
    FOREACH role IN ARRAY '{orderlab_owner,orderlab_app,orderlab_read}'::name[] LOOP
        IF to_regrole(role::text) IS NULL THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN', role);
            EXCEPTION
                WHEN duplicate_object OR unique_violation THEN NULL; -- From another database, meanwhile.
                WHEN insufficient_privilege THEN undone := undone || ('there is no role ' || role);
            END;
        END IF;
    END LOOP;

    IF to_regrole('orderlab_owner') IS NOT NULL THEN
        BEGIN
            -- Who has owned something goes on as a member.
            FOR object IN
                SELECT rolname AS name FROM pg_roles r
                WHERE NOT rolsuper AND NOT pg_has_role(r.oid, 'orderlab_owner', 'USAGE')
                  AND (EXISTS (SELECT FROM pg_namespace WHERE nspname = 'orderlab' AND nspowner = r.oid)
                       OR EXISTS (SELECT FROM pg_class WHERE relnamespace = 'orderlab'::regnamespace AND relowner = r.oid)
                       OR EXISTS (SELECT FROM pg_proc WHERE pronamespace = 'orderlab'::regnamespace AND proowner = r.oid))
            LOOP
                EXECUTE format('GRANT orderlab_owner TO %I', object.name);
                IF NOT pg_has_role(object.name, 'orderlab_owner', 'USAGE') THEN -- NOINHERIT: it would lose what it has.
                    RAISE insufficient_privilege;
                END IF;
            END LOOP;
            IF (SELECT nspowner FROM pg_namespace WHERE nspname = 'orderlab') <> to_regrole('orderlab_owner') THEN
                ALTER SCHEMA orderlab OWNER TO orderlab_owner;
            END IF;
            FOR object IN
                SELECT 'TABLE' AS kind, oid::regclass::text AS name FROM pg_class
                    WHERE relnamespace = 'orderlab'::regnamespace AND relkind IN ('r', 'v') AND relowner <> to_regrole('orderlab_owner')
                UNION ALL SELECT 'TYPE', oid::regtype::text FROM pg_type
                    WHERE typnamespace = 'orderlab'::regnamespace AND typtype = 'e' AND typowner <> to_regrole('orderlab_owner')
                UNION ALL SELECT 'FUNCTION', oid::regprocedure::text FROM pg_proc
                    WHERE pronamespace = 'orderlab'::regnamespace AND proowner <> to_regrole('orderlab_owner')
            LOOP
                EXECUTE format('ALTER %s %s OWNER TO orderlab_owner', object.kind, object.name);
            END LOOP;
        EXCEPTION
            WHEN insufficient_privilege THEN undone := undone || 'orderlab_owner does not own the schema'::text;
        END;
    END IF;

    IF to_regrole('orderlab_app') IS NOT NULL AND to_regrole('orderlab_read') IS NOT NULL THEN
        BEGIN
            FOR object IN
                SELECT oid::regclass::text AS name, array_to_string(orderlab.app_privileges(relname), ', ') AS privileges
                FROM pg_class WHERE relnamespace = 'orderlab'::regnamespace AND relkind IN ('r', 'v')
            LOOP
                EXECUTE format('REVOKE ALL ON %s FROM orderlab_app, orderlab_read', object.name);
                EXECUTE format('GRANT %s ON %s TO orderlab_app', object.privileges, object.name);
                EXECUTE format('GRANT SELECT ON %s TO orderlab_read', object.name);
            END LOOP;
            GRANT USAGE ON ALL SEQUENCES IN SCHEMA orderlab TO orderlab_app;
            GRANT USAGE ON SCHEMA orderlab TO orderlab_app, orderlab_read; -- Last: who has this has the rest.
        EXCEPTION
            WHEN insufficient_privilege THEN NULL;
        END;
        -- Who may use a table but not grant it has got only warnings.
        IF NOT has_schema_privilege('orderlab_app', 'orderlab', 'USAGE') OR NOT has_schema_privilege('orderlab_read', 'orderlab', 'USAGE')
            OR EXISTS (SELECT FROM pg_class, unnest(orderlab.app_privileges(relname)) needed
                       WHERE relnamespace = 'orderlab'::regnamespace AND relkind IN ('r', 'v')
                         AND NOT (has_table_privilege('orderlab_app', oid, needed) AND has_table_privilege('orderlab_read', oid, 'SELECT')))
        THEN
            undone := undone || 'orderlab_app and orderlab_read have not been granted what they need'::text;
        END IF;
    END IF;
    RETURN nullif(array_to_string(undone, '; '), '');
END $$;
