import { PROBLEMS } from "./problem.ts"

/** ERRORS.md, written from the table of problems. */
export const renderErrors = (): string => `# Errors

Every failure is \`application/problem+json\` (RFC 9457): \`type\`, \`title\`, \`status\`, \`code\`, \`detail\`, and \`items\`
where several things are wrong at once. Programs switch on \`code\`; the words may change. Nothing was changed when a
request failed, except where \`storage_away\` says that this is not known. \`x-request-id\` names the request in the log.

| status | code | when |
|---|---|---|
${Object.entries(PROBLEMS)
  .map(([code, [status, , detail]]) => `| ${status} | \`${code}\` | ${detail} |`)
  .join("\n")}

Acts are judged by the rules of the plan, which have finer codes of their own. They arrive as \`code\` with the status of
their kind: 403 this person may not, 409 the text or the standing has moved on, 422 the act itself can't be. \`type\` then
names the kind (\`urn:alternat:problem:forbidden\`, \`…:conflict\`, \`…:refused\`).
`
