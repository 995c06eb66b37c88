export { effort } from "./effort.ts"
export {
  type Desk,
  deskOf,
  doCaucusEdit,
  doEdit,
  type HonestEdit,
  honestEdit,
  textsOfPlan,
} from "./honest-edit.ts"
export { type HostileEdit, hostileEdit, hostileUpdate } from "./hostile-update.ts"
export { decodeRawUpdate, encodeRawUpdate, type RawStruct, rawText } from "./raw-update.ts"
export { readings } from "./readings.ts"
