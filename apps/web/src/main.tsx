import "./styles/tokens.css"
import "./styles/global.css"
import { QueryClient, QueryClientProvider } from "@tanstack/react-query"
import { RouterProvider } from "@tanstack/react-router"
import { createRoot } from "react-dom/client"
import { forgetSignedOut, isApiError } from "./api/index.ts"
import { I18nProvider } from "./i18n/index.ts"
import { ShortcutsProvider } from "./keys/index.ts"
import { createAppRouter } from "./routes.tsx"
import { CharactersGuard } from "./shell/index.ts"
import { startAppearance } from "./theme/index.ts"
import { MarkSprite, ToastProvider } from "./ui/index.ts"

startAppearance()
void forgetSignedOut()
const router = createAppRouter()
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // a refusal stays a refusal; only a silent server is worth asking again
      retry: (failures, error) => failures < 3 && isApiError(error) && (error.status === 0 || error.status >= 502),
    },
  },
})

const host = document.getElementById("root")
if (!host) throw new Error("broken invariant: index.html has no #root")
createRoot(host).render(
  <QueryClientProvider client={queries}>
    <I18nProvider>
      <ShortcutsProvider>
        <ToastProvider>
          <MarkSprite />
          <CharactersGuard />
          <RouterProvider router={router} />
        </ToastProvider>
      </ShortcutsProvider>
    </I18nProvider>
  </QueryClientProvider>,
)
