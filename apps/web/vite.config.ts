import react from "@vitejs/plugin-react"
import { defineConfig } from "vite"

export default defineConfig({
  plugins: [react()],
  base: "/",
  build: { outDir: "dist", emptyOutDir: true, target: "es2022", chunkSizeWarningLimit: 900 },
  // two copies of yjs in one page break every `instanceof` of a shared document
  resolve: { dedupe: ["yjs", "react", "react-dom", "lib0", "y-protocols"] },
})
