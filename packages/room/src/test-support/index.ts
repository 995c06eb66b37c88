export { describeUpdateLog, type LogUnderTest } from "./describe-update-log.ts"
export { makeShadowJudge } from "./shadow-judge.ts"
export { bearer, pause, until, WireClient, type WireOptions } from "./wire-client.ts"
