export { forgetDevice } from "./forget-device.ts"
export { type KeptWork, keptOffers, keptUnsaved } from "./kept-work.ts"
export { openSession } from "./open-session.ts"
export type { EditKey, OfferedDraft, Session, SessionOptions, SessionState, SessionTicket } from "./session-face.ts"
