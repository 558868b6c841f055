import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { router } from './router'
import { hangSprites } from './shared/components/sprites'
import { registerWorker } from './shared/offline/worker'
import { i18n, preferredLanguage, setLanguage } from './shared/i18n'
import { startRealtime } from './shared/realtime'
import { useSession } from './shared/session/session'
import { useStreet } from './shared/session/street'
import './shared/styles/tokens.css'
import './shared/styles/base.css'
import './shared/styles/parts.css'
import './shared/styles/frame.css'

async function open(): Promise<void> {
  hangSprites()
  const app = createApp(App).use(createPinia()).use(i18n)
  const session = useSession()
  void useStreet().ensure().catch(() => null) // every screen wants it: its zone, its stores
  await Promise.all([setLanguage(preferredLanguage()), session.restore()])
  startRealtime(session.me)
  app.use(router).mount('#app')
}

registerWorker()
void open()
