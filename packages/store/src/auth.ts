import { randomUUID } from "node:crypto"
import { betterAuth } from "better-auth"
import { Kysely } from "kysely"
import { PostgresJSDialect } from "kysely-postgres-js"
import type { Auth, AuthOptions, SignedIn } from "./auth-face.ts"
import { withOurRules } from "./auth-requests.ts"
import { connect, type Sql } from "./connect.ts"
import { writeAccount } from "./people/accounts.ts"
import { createBrake } from "./sign-in/brake.ts"

const DAY_S = 86_400

/** Accounts on PostgreSQL, as `alternat_auth`. Nobody signs up: accounts come from the demo, from `init`, from invitations. */
export function createAuth(options: AuthOptions): Auth {
  const sql = connect(options.url, { role: "alternat_auth", max: 4 })
  const auth = build(sql, options)
  const hashPassword = async (password: string) => (await auth.$context).password.hash(password)
  const session = async (headers: Headers): Promise<SignedIn | null> => {
    const found = await auth.api.getSession({ headers })
    if (!found) return null
    return {
      userId: found.user.id,
      sessionId: found.session.id,
      email: found.user.email,
      expiresAt: found.session.expiresAt,
    }
  }
  const handler = withOurRules({
    handle: (request) => auth.handler(request),
    brake: createBrake(sql, options.secret),
    emailOf: async (headers) => (await session(headers))?.email ?? null,
    addressHeader: options.addressHeader,
    secure: options.baseUrl.startsWith("https:"),
  })
  return {
    handler,
    session,
    createUser: async (user) => {
      const { password, userId = randomUUID(), ...rest } = user
      const account = { ...rest, userId, passwordHash: await hashPassword(password) }
      return (await sql.begin((tx) => writeAccount(tx, account))) ? { userId } : null
    },
    hashPassword,
    close: () => sql.end({ timeout: 5 }),
  }
}

function build(sql: Sql, { secret, baseUrl, trustedOrigins, addressHeader, onError }: AuthOptions) {
  return betterAuth({
    appName: "Alternat",
    secret,
    baseURL: baseUrl,
    basePath: "/api/auth",
    trustedOrigins: [...trustedOrigins],
    telemetry: { enabled: false },
    database: {
      db: new Kysely({ dialect: new PostgresJSDialect({ postgres: sql }) }),
      type: "postgres",
      transaction: true,
    },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10 },
    session: {
      modelName: "auth_session",
      expiresIn: 7 * DAY_S,
      updateAge: DAY_S,
      fields: {
        userId: "user_id",
        expiresAt: "expires_at",
        ipAddress: "ip_address",
        userAgent: "user_agent",
        createdAt: "created_at",
        updatedAt: "updated_at",
      },
    },
    databaseHooks: {
      session: {
        create: {
          // A changed password ends all sessions and, in the same transaction, begins one with a new key in place of the
          // asker's. It keeps the id: sockets and streams know the session by it.
          before: async (session, context) => {
            const asker = context?.path === "/change-password" ? context.context.session : null
            return asker ? { data: { ...session, id: asker.session.id } } : undefined
          },
        },
      },
    },
    user: {
      modelName: "auth_user",
      fields: { emailVerified: "email_verified", createdAt: "created_at", updatedAt: "updated_at" },
    },
    account: {
      modelName: "auth_account",
      fields: {
        userId: "user_id",
        accountId: "account_id",
        providerId: "provider_id",
        accessToken: "access_token",
        refreshToken: "refresh_token",
        idToken: "id_token",
        accessTokenExpiresAt: "access_token_expires_at",
        refreshTokenExpiresAt: "refresh_token_expires_at",
        createdAt: "created_at",
        updatedAt: "updated_at",
      },
    },
    verification: {
      modelName: "auth_verification",
      fields: { expiresAt: "expires_at", createdAt: "created_at", updatedAt: "updated_at" },
    },
    // it counts in memory and by address alone: our brake counts wrong passwords, for all nodes
    rateLimit: { enabled: false },
    advanced: {
      // said aloud, because the library switches them off by itself when it believes to be under test
      disableOriginCheck: false,
      disableCSRFCheck: false,
      ipAddress: { ipAddressHeaders: [addressHeader] },
      cookiePrefix: "alternat",
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax" },
    },
    logger: { level: "error", log: (_level, message, ...rest) => onError?.(message, rest[0]) },
  })
}
