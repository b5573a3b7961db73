-- Two roles share this database: the owner, which migrates it, and backcourt_app, the group in which the logins
-- of web and worker are. The app appends to the audit and can take nothing back.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'backcourt_app') THEN
        CREATE ROLE backcourt_app NOLOGIN;
    END IF;
EXCEPTION
    -- The same server holds another database of ours, whose migration was faster.
    WHEN duplicate_object OR unique_violation THEN NULL;
    WHEN insufficient_privilege THEN
        RAISE EXCEPTION USING
            ERRCODE = 'insufficient_privilege',
            MESSAGE = format('%s may not create the role backcourt_app, which web and worker need.', current_user),
            HINT = 'Let a superuser say: CREATE ROLE backcourt_app NOLOGIN; then mark this migration as rolled back and migrate again.';
END
$$;

GRANT USAGE ON SCHEMA "backcourt" TO backcourt_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "backcourt" TO backcourt_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA "backcourt" TO backcourt_app;
-- What later migrations of this role make.
ALTER DEFAULT PRIVILEGES IN SCHEMA "backcourt" GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO backcourt_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA "backcourt" GRANT USAGE, SELECT ON SEQUENCES TO backcourt_app;

REVOKE ALL ON "backcourt"."audit_entry" FROM PUBLIC, backcourt_app;
GRANT SELECT, INSERT ON "backcourt"."audit_entry" TO backcourt_app;
-- An entry's number cannot be set back either.
REVOKE ALL ON SEQUENCE "backcourt"."audit_entry_id_seq" FROM PUBLIC, backcourt_app;
GRANT USAGE ON SEQUENCE "backcourt"."audit_entry_id_seq" TO backcourt_app;

-- A second lock, for a login that was given more than it needs: even the owner would have to take it off first.
CREATE FUNCTION "backcourt"."refuse_audit_change"() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog
AS $$
BEGIN
    IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION USING
        ERRCODE = 'insufficient_privilege',
        MESSAGE = format('The audit is append-only: %s refused.', lower(TG_OP));
END
$$;

CREATE TRIGGER "audit_entry_append_only"
    BEFORE UPDATE OR DELETE OR TRUNCATE ON "backcourt"."audit_entry"
    FOR EACH STATEMENT EXECUTE FUNCTION "backcourt"."refuse_audit_change"();
