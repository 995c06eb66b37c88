import type { Session, SessionOptions } from "./session-face.ts"

export declare function openSession(options: SessionOptions): Session
