/**
 * Sets one document and ends. Plain JavaScript, started with `child_process.fork`, so that it runs from the sources, from
 * tests and beside a bundle alike. The compiler is native code that keeps what it has allocated: one process per
 * document gives all of it back, and what goes wrong in it can't take the server along.
 */
import { readFileSync } from "node:fs"
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler"

process.once("message", (job) => {
  const reply = set(job)
  process.send(reply, () => process.disconnect())
})

function set(job) {
  try {
    const compiler = NodeCompiler.create({
      workspace: job.workspace,
      fontArgs: [{ fontBlobs: job.fonts.map((path) => readFileSync(path)) }],
    })
    const pdf = compiler.pdf(
      { mainFileContent: job.template, inputs: job.inputs },
      { pdfStandard: "a-3b", pdfTags: true, creationTimestamp: job.timestamp },
    )
    return { pdf }
  } catch (error) {
    const diagnostics = error?.shortDiagnostics === undefined ? "" : ` ${JSON.stringify(error.shortDiagnostics)}`
    return { error: `${error?.message ?? error?.kind ?? error}${diagnostics}`.slice(0, 4000) }
  }
}
