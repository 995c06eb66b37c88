import type { Auth, AuthOptions } from "./auth-face.ts"
export declare function createAuth(options: AuthOptions): Auth
