// The one door to every command of the repository: `npm start`, `npm test`, `npm run alternat -- …`.
// It needs nothing but Node and npm. What it installs and builds goes to stderr and only when something
// changed, so the quiet forms (`npm run --silent …`) print the answer alone.
const [major, minor] = process.versions.node.split(".").map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Alternat needs Node 20.19 or newer; this is Node ${process.versions.node}. Install a newer Node and run the command again.`,
  )
  process.exit(1)
}

const { installDependencies, startProgram } = await import("./bootstrap.mjs")
const [command = "start", ...rest] = process.argv.slice(2)
const args = rest[0] === "--" ? rest.slice(1) : rest

try {
  installDependencies()
  switch (command) {
    case "start": {
      const { build } = await import("./build.mjs")
      await build(["server", "web"])
      await startProgram(["start", ...args])
      break
    }
    case "alternat": {
      const { build } = await import("./build.mjs")
      await build(["server"])
      await startProgram(args)
      break
    }
    case "build": {
      const { build } = await import("./build.mjs")
      await build(["server", "web"], { force: true })
      break
    }
    case "test": {
      const { build } = await import("./build.mjs")
      await build(["server", "web"])
      const { runTests } = await import("./test.mjs")
      process.exitCode = await runTests(args)
      break
    }
    case "check": {
      const { runChecks } = await import("./check.mjs")
      process.exitCode = runChecks()
      break
    }
    case "fuzz": {
      const { runFuzz } = await import("./fuzz.mjs")
      process.exitCode = await runFuzz(args)
      break
    }
    case "bench": {
      const { build } = await import("./build.mjs")
      await build(["server"])
      const { runBench } = await import("./bench.mjs")
      process.exitCode = await runBench(args)
      break
    }
    default:
      throw new Error(`unknown command "${command}"; there are: start, test, fuzz, bench, alternat, check, build`)
  }
} catch (error) {
  console.error(`alternat: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
}
