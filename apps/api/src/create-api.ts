import { randomBytes, randomInt } from "node:crypto"
import { addActRoutes } from "./acts/act-routes.ts"
import { type Api, createBareApp } from "./app.ts"
import { createFolds } from "./authorship/authorship-folds.ts"
import { addAuthorshipRoutes } from "./authorship/authorship-routes.ts"
import type { ApiDeps } from "./deps.ts"
import { addExportRoutes } from "./exports/export-routes.ts"
import { createMetrics } from "./metrics.ts"
import { addActingHeadRoutes } from "./routes/acting-heads.ts"
import { addCommentRoutes } from "./routes/comments.ts"
import { addHealthRoutes } from "./routes/health.ts"
import { addPlanRoutes } from "./routes/plans.ts"
import { addRankingRoutes } from "./routes/rankings.ts"
import { addSessionRoutes } from "./routes/session.ts"
import { addStoredReads } from "./routes/stored-reads.ts"
import { addStreamRoute } from "./routes/stream.ts"
import { addSyncTicketRoute } from "./routes/sync-ticket.ts"
import { addSetupRoutes } from "./setup/setup-routes.ts"
import { addVersionRoutes } from "./versions/version-routes.ts"

/** What must be given; the rest of `ApiDeps` has defaults that only tests change. */
export type ApiOptions = Pick<ApiDeps, "store" | "auth" | "settings" | "exporter" | "logger"> &
  Partial<
    Pick<ApiDeps, "metrics" | "authorship" | "judgePassword" | "now" | "newId" | "newClientId" | "demo" | "extraHealth">
  >

/** Fills in what was not given. The same value feeds `createApi` and `createExportWorker`. */
export const apiDeps = (options: ApiOptions): ApiDeps => ({
  metrics: createMetrics(),
  authorship: askHere(),
  judgePassword: async (password) => (await import("./passwords/judge-password.ts")).judgePassword(password),
  now: () => new Date(),
  newId: () => randomBytes(12).toString("base64url"),
  newClientId: () => randomInt(1, 2 ** 32 - 1),
  demo: null,
  extraHealth: async () => ({}),
  ...options,
})

function askHere(): ApiDeps["authorship"] {
  const answerTo = createFolds()
  return async (question) => answerTo(question)
}

/**
 * Everything under `/api`, and the three addresses of operation, as one Hono app. It has no catch-all of its own:
 * whoever mounts it may add routes after it, and they get the same limits and headers.
 */
export function createApi(deps: ApiDeps): Api {
  const app = createBareApp(deps)
  addHealthRoutes(app, deps)
  addSessionRoutes(app, deps)
  addSetupRoutes(app, deps)
  addPlanRoutes(app, deps)
  addStoredReads(app, deps)
  addRankingRoutes(app, deps)
  addAuthorshipRoutes(app, deps)
  addActRoutes(app, deps)
  addActingHeadRoutes(app, deps)
  addCommentRoutes(app, deps)
  addStreamRoute(app, deps)
  addSyncTicketRoute(app, deps)
  addVersionRoutes(app, deps)
  addExportRoutes(app, deps)
  app.doc31("/api/openapi.json", {
    openapi: "3.1.0",
    info: {
      title: "Alternat",
      version: "1",
      description: "Acts, reads and exports of joint plans. Errors are application/problem+json with a stable `code`.",
    },
    servers: [{ url: deps.settings.publicUrl }],
  })
  return app
}
