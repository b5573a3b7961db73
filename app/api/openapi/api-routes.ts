import { z } from "zod";
import * as accountEndOthers from "@/app/api/account/end-other-sessions/route";
import * as accountPassword from "@/app/api/account/password/route";
import * as account from "@/app/api/account/route";
import * as accountSession from "@/app/api/account/sessions/[id]/route";
import * as auditCsv from "@/app/api/audit/csv/route";
import * as auditPeople from "@/app/api/audit/people/route";
import * as audit from "@/app/api/audit/route";
import * as providerCallback from "@/app/api/auth/callback/[provider]/route";
import * as signIn from "@/app/api/auth/sign-in/email/route";
import * as signInByProvider from "@/app/api/auth/sign-in/social/route";
import * as signOut from "@/app/api/auth/sign-out/route";
import * as coverageDate from "@/app/api/coverage/[date]/route";
import * as coverage from "@/app/api/coverage/route";
import * as dashboardDue from "@/app/api/dashboard/due/route";
import * as dashboardRestarts from "@/app/api/dashboard/restarts/route";
import * as dashboard from "@/app/api/dashboard/route";
import * as dbtPreset from "@/app/api/dbt/presets/[id]/route";
import * as dbtPresets from "@/app/api/dbt/presets/route";
import * as dbt from "@/app/api/dbt/route";
import * as healthLive from "@/app/api/health/live/route";
import * as health from "@/app/api/health/route";
import * as invite from "@/app/api/invites/[id]/route";
import * as inviteAccept from "@/app/api/invites/accept/route";
import * as inviteLook from "@/app/api/invites/look/route";
import * as invites from "@/app/api/invites/route";
import * as personDisable from "@/app/api/people/[id]/disable/route";
import * as personEnable from "@/app/api/people/[id]/enable/route";
import * as personEndSessions from "@/app/api/people/[id]/end-sessions/route";
import * as personPasswordLink from "@/app/api/people/[id]/password-link/route";
import * as personRole from "@/app/api/people/[id]/role/route";
import * as people from "@/app/api/people/route";
import * as predictionsCsv from "@/app/api/predictions/csv/route";
import * as predictions from "@/app/api/predictions/route";
import * as predictionsSummary from "@/app/api/predictions/summary/route";
import * as runCancel from "@/app/api/runs/[id]/cancel/route";
import * as runLines from "@/app/api/runs/[id]/lines/route";
import * as runLinesSearch from "@/app/api/runs/[id]/lines/search/route";
import * as runLog from "@/app/api/runs/[id]/log/route";
import * as runNodeSql from "@/app/api/runs/[id]/nodes/[uniqueId]/sql/route";
import * as runNodes from "@/app/api/runs/[id]/nodes/route";
import * as run from "@/app/api/runs/[id]/route";
import * as runsPreview from "@/app/api/runs/preview/route";
import * as runs from "@/app/api/runs/route";
import * as stream from "@/app/api/stream/route";
import * as token from "@/app/api/tokens/[id]/route";
import * as tokens from "@/app/api/tokens/route";
import * as waiver from "@/app/api/waivers/[id]/route";
import * as waivers from "@/app/api/waivers/route";
import {
  changedPersonSchema,
  createInviteResponseSchema,
  listInvitesResponseSchema,
  listPeopleResponseSchema,
  revokedInviteSchema,
} from "@/lib/contracts/access";
import {
  accountSchema,
  createTokenResponseSchema,
  endedSessionsSchema,
  revokedTokenSchema,
} from "@/lib/contracts/account";
import { auditPageSchema, auditPeopleSchema } from "@/lib/contracts/audit";
import { doneSchema } from "@/lib/contracts/auth";
import { dateCoverageSchema, seasonCoverageSchema } from "@/lib/contracts/coverage";
import { dashboardDueSchema, dashboardViewSchema, restartHistorySchema } from "@/lib/contracts/dashboard";
import { dbtPresetSchema, dbtStatusSchema, deletedDbtPresetSchema } from "@/lib/contracts/dbt";
import { healthSchema } from "@/lib/contracts/health";
import { acceptInviteResponseSchema, openInviteSchema } from "@/lib/contracts/join";
import { logPageSchema, logSearchSchema } from "@/lib/contracts/log";
import { predictionsPageSchema, predictionsSummarySchema } from "@/lib/contracts/predictions";
import { dbtNodeResultsSchema, dbtNodeSqlSchema } from "@/lib/contracts/run-kinds/dbt";
import {
  createRunsResponseSchema,
  listRunsResponseSchema,
  runDetailSchema,
  runPreviewSchema,
  runSummarySchema,
} from "@/lib/contracts/runs";
import { type DescribedRoute, json, route, text } from "@/lib/openapi/described-route";
import * as openapi from "./route";

const providerSignInResponseSchema = z.object({ url: z.string() });
const idSchema = z.object({ id: z.string() });
/** The document describes itself as no more than an object. */
const documentSchema = z.looseObject({ openapi: z.string() });
const livenessSchema = z.object({ ok: z.boolean(), down: z.array(z.string()) });

/** Every route of the interface; one that is missing here fails a test. */
export const API_ROUTES: readonly DescribedRoute[] = [
  route("/api/coverage", coverage, {
    GET: json("A season's coverage, date by date, measured now.", seasonCoverageSchema),
  }),
  route("/api/coverage/{date}", coverageDate, {
    GET: json("One date's coverage, game by game, measured now.", dateCoverageSchema),
  }),
  route("/api/waivers", waivers, { POST: json("Says that a game's data will not come.", idSchema, 201) }),
  route("/api/waivers/{id}", waiver, {
    DELETE: json("Takes a waiver back: its game is expected again.", idSchema),
  }),
  route("/api/runs", runs, {
    GET: json("Runs, newest first.", listRunsResponseSchema),
    POST: json(
      "Accepts an order of runs. Send `Idempotency-Key` to be able to send it again.",
      createRunsResponseSchema,
      202,
    ),
  }),
  route("/api/runs/preview", runsPreview, {
    POST: json("What an order would do; nothing is stored.", runPreviewSchema),
  }),
  route("/api/runs/{id}", run, { GET: json("One run with its receipt.", runDetailSchema) }),
  route("/api/runs/{id}/cancel", runCancel, { POST: json("Asks for a run's end.", runSummarySchema) }),
  route("/api/runs/{id}/lines", runLines, { GET: json("A page of a run's log.", logPageSchema) }),
  route("/api/runs/{id}/lines/search", runLinesSearch, {
    GET: json("The lines of a run's log in which a text occurs, or that tell of an error.", logSearchSchema),
  }),
  route("/api/runs/{id}/log", runLog, { GET: text("A run's whole log as a file.", "text/plain") }),
  route("/api/runs/{id}/nodes", runNodes, {
    GET: json("The models and tests of a dbt run; empty for every other kind.", dbtNodeResultsSchema),
  }),
  route("/api/runs/{id}/nodes/{uniqueId}/sql", runNodeSql, {
    GET: json("The compiled SQL of a node that failed.", dbtNodeSqlSchema),
  }),
  route("/api/stream", stream, {
    GET: text(
      "Server-sent events: a run's log lines and state, and what changed elsewhere. Resumes behind `Last-Event-ID`.",
      "text/event-stream",
    ),
  }),
  route("/api/dbt", dbt, {
    GET: json(
      "The dbt project's graph, presets, usual times, and whether somebody else is building.",
      dbtStatusSchema,
    ),
  }),
  route("/api/dbt/presets", dbtPresets, {
    POST: json("Saves a selection of models under a name.", dbtPresetSchema, 201),
  }),
  route("/api/dbt/presets/{id}", dbtPreset, {
    DELETE: json("Deletes a saved preset.", deletedDbtPresetSchema),
  }),
  route("/api/predictions", predictions, { GET: json("A page of the predictions.", predictionsPageSchema) }),
  route("/api/predictions/csv", predictionsCsv, { GET: text("The same page as a file.", "text/csv") }),
  route("/api/predictions/summary", predictionsSummary, {
    GET: json(
      "Tonight's predictions, how good the model has been, and what is amiss.",
      predictionsSummarySchema,
    ),
  }),
  route("/api/dashboard", dashboard, {
    GET: json(
      "The dashboard's service as a worker last saw it, and whether a restart is due.",
      dashboardViewSchema,
    ),
  }),
  route("/api/dashboard/due", dashboardDue, {
    GET: json("Whether a restart of the dashboard is due, in a word.", dashboardDueSchema),
  }),
  route("/api/dashboard/restarts", dashboardRestarts, {
    GET: json("Restarts that have ended, newest first, with how long nothing served.", restartHistorySchema),
  }),
  route("/api/health", health, {
    GET: json("Whether every part is up; 503 when one is not, unless `view=page`.", healthSchema),
  }),
  route("/api/health/live", healthLive, {
    GET: json(
      "The same for monitors: the names of the parts that are down, and no word more.",
      livenessSchema,
    ),
  }),
  route("/api/audit", audit, { GET: json("Every act and every refusal, newest first.", auditPageSchema) }),
  route("/api/audit/csv", auditCsv, {
    GET: text("All entries that the same filters let through, as a file.", "text/csv"),
  }),
  route("/api/audit/people", auditPeople, {
    GET: json("The people by whom the audit can be filtered.", auditPeopleSchema),
  }),
  route("/api/people", people, {
    GET: json("Who may sign in, with their sessions and tokens.", listPeopleResponseSchema),
  }),
  route("/api/people/{id}/role", personRole, {
    POST: json("Gives a person another role.", changedPersonSchema),
  }),
  route("/api/people/{id}/disable", personDisable, {
    POST: json("Keeps a person out: sessions end, tokens are refused.", changedPersonSchema),
  }),
  route("/api/people/{id}/enable", personEnable, {
    POST: json("Lets a disabled person in again.", changedPersonSchema),
  }),
  route("/api/people/{id}/end-sessions", personEndSessions, {
    POST: json("Signs a person out everywhere.", changedPersonSchema),
  }),
  route("/api/invites", invites, {
    GET: json("The invites that nobody has used yet.", listInvitesResponseSchema),
    POST: json("Makes a link by which one person may join.", createInviteResponseSchema, 201),
  }),
  route("/api/invites/{id}", invite, { DELETE: json("Takes an invite back.", revokedInviteSchema) }),
  route("/api/invites/look", inviteLook, {
    POST: json("Whom the holder of an invite's link may become.", openInviteSchema),
  }),
  route("/api/invites/accept", inviteAccept, {
    POST: json("Makes the invited person.", acceptInviteResponseSchema, 201),
  }),
  route("/api/tokens", tokens, {
    POST: json(
      "Makes an API token; the answer holds its secret, and nothing else ever will.",
      createTokenResponseSchema,
      201,
    ),
  }),
  route("/api/tokens/{id}", token, {
    DELETE: json("Makes a token useless: one's own, or anybody's for an admin.", revokedTokenSchema),
  }),
  route("/api/account", account, {
    GET: json("One's own account, with its sessions and tokens.", accountSchema),
  }),
  route("/api/account/sessions/{id}", accountSession, {
    DELETE: json("Ends one of one's own sessions.", endedSessionsSchema),
  }),
  route("/api/account/end-other-sessions", accountEndOthers, {
    POST: json("Signs one out everywhere but here.", endedSessionsSchema),
  }),
  route("/api/auth/sign-in/email", signIn, {
    POST: json("Begins a session: its cookie is the answer.", doneSchema),
  }),
  route("/api/auth/sign-out", signOut, { POST: json("Ends the session that asks.", doneSchema) }),
  route("/api/openapi", openapi, { GET: json("This document.", documentSchema) }),
  route("/api/auth/sign-in/social", signInByProvider, {
    POST: json("Where a provider asks who somebody is.", providerSignInResponseSchema),
  }),
  route("/api/auth/callback/{provider}", providerCallback, {
    GET: text("Where a provider sends people back; leads on to their page.", "text/html"),
  }),
  route("/api/account/password", accountPassword, {
    POST: json("Sets another password of one's own; every other session ends.", doneSchema),
  }),
  route("/api/people/{id}/password-link", personPasswordLink, {
    POST: json("Makes a link by which a person sets a new password.", createInviteResponseSchema, 201),
  }),
];
