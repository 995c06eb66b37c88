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
