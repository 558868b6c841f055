// The story of the street's talk, on a street of its own.
//
//	ONESTREET_BIN=…/bin/onestreet node --test e2e/feed.test.mjs        pictures of every step: e2e/out
import { tell } from './harness/story.mjs'
import { begun, noticed, photographed, read, reported, said, searched } from './steps/feedlife.mjs'
import { shared } from './steps/tabs.mjs'
import { lit, planned, taught } from './steps/lessons.mjs'
import { handedOver } from './steps/talks.mjs'

async function open(cast) {
  await cast.noodles.be('店主 · 林家面馆')
  cast.noodles.store = new URL(cast.noodles.page.url()).pathname.split('/')[2]
  await cast.clerk.be('店员 · 林家面馆')
  await cast.li.be('李桂芳')
  await cast.tablet.be('李桂芳')
  await cast.wang.be('王秀兰')
  await cast.boss.be('方若兰')
}

const steps = [
  ['the street opens', open],
  ['a post with a photo and a store is live, is answered, and calls a neighbour', said],
  ['an iPhone\'s photo comes out upright', photographed],
  ['what is new is counted, and read on every device', read],
  ['two tabs share a socket, and one goes on when the other is closed', shared],
  ['上海 is found inside a sentence', searched],
  ['the coordinator pins a notice, and takes it down', noticed],
  ['what was half written is there after the app was closed', begun],
  ['a report is decided', reported],
  ['the clerk hands a conversation over to the owner', handedOver],
  ['a chef teaches in parts, and a neighbour reads on', taught],
  ['what staff drafted goes out when the owner says so', planned],
  ['the street is on a TV in the window', lit],
]

tell('feed', { noodles: {}, clerk: {}, li: {}, tablet: {}, wang: {}, boss: {} }, steps)
