// The shopper's screens, under ShopperLayout. Only what has a real screen stands here, and in the tabs.
import type { RouteRecordRaw } from 'vue-router'
import { withWords } from '@/shared/session/area'
import { askAhead } from './feedAhead'

function street() {
  askAhead()
  return import('./pages/StreetPage.vue')
}

export const shopperRoutes: RouteRecordRaw[] = [
  { path: '', component: street },
  { path: 'stores/:id', component: () => import('./pages/StorePage.vue'), meta: { bare: true } },
  { path: 'circles', component: () => import('./pages/CirclesPage.vue'), meta: { bare: true, needs: 'person' } },
  { path: 'circles/:id', component: () => import('./pages/CirclePage.vue'), meta: { bare: true, needs: 'person' } },
  { path: 'circles/:id/keep', component: withWords('moderation', () => import('./pages/CircleKeepPage.vue')), meta: { bare: true, needs: 'person' } },
  { path: 'stories/new', component: () => import('./pages/WriteStoryPage.vue'), meta: { bare: true, needs: 'person' } },
  { path: 'stories/:id', component: () => import('./pages/StoryPage.vue'), meta: { bare: true } },
  { path: 'series', component: () => import('./pages/SerialsPage.vue'), meta: { bare: true } },
  { path: 'series/:id', component: () => import('./pages/SerialPage.vue'), meta: { bare: true } },
  { path: 'series/:id/:number', component: () => import('./pages/PartPage.vue'), meta: { bare: true } },
  { path: 'search', component: () => import('./pages/SearchPage.vue'), meta: { bare: true } },
  { path: 'posts/:id', component: () => import('./pages/PostPage.vue'), meta: { bare: true } },
  { path: 'coupons', component: () => import('./pages/CouponsPage.vue') },
  { path: 'calendar', component: () => import('./pages/CalendarPage.vue') },
  { path: 'calendar/:occurrence', alias: 'events/:occurrence', component: () => import('./pages/OccurrencePage.vue'), meta: { bare: true } },
  { path: 'inbox', component: withWords('chat', () => import('./pages/InboxPage.vue')) },
  { path: 'chats/:store', component: withWords('chat', () => import('./pages/ChatPage.vue')), meta: { bare: true, needs: 'member' } },
  { path: 'me', component: () => import('./pages/MePage.vue') },
  { path: 'me/calendar', component: withWords('subscribe', () => import('./pages/SubscribePage.vue')), meta: { bare: true } },
  { path: 'me/invite', component: () => import('./pages/InvitePage.vue'), meta: { bare: true, needs: 'member' } },
  { path: 'me/conduct', component: () => import('./pages/ConductPage.vue'), meta: { bare: true, needs: 'person' } },
  { path: 'me/points', component: () => import('./pages/PointsPage.vue'), meta: { bare: true, needs: 'member' } },
]
