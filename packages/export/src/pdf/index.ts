// What needs the native typesetter; server and command only. `worker.mjs` runs in a child process of its own.
export { renderCertificate } from "./certificate.ts"
export { renderPdf } from "./render-pdf.ts"
export { FONT_FILES, type PdfError, type PdfOptions } from "./typeset.ts"
export { renderVersionFiles, type VersionFiles, type VersionInput } from "./version-files.ts"
