import { type Accessor, createContext, createSignal, useContext } from 'solid-js';
import { type Account, createAccount } from '../accounts/account';
import { browserSurroundings, HubClock } from '../clock/hubClock';
import { createFriends, type Friends } from '../friends/friends';
import { createInbox, type InboxStore } from '../friends/inbox';
import { createPlayer, type Player } from '../playback/player';
import { reportPlayback } from '../playback/reports';
import { createRoomSession, type RoomSession } from '../rooms/roomSession';
import { Topics } from '../topics/topics';
import { Api } from '../wire/api';
import { basePath } from '../wire/basePath';
import { Connection, type ConnectionState } from '../wire/connection';
import { Http } from '../wire/http';
import { dialNodes } from '../wire/socket';

/** Everything a page is made of, wired once. */
export interface App {
  account: Account;
  api: Api;
  connection: Connection;
  connectionState: Accessor<ConnectionState>;
  clock: HubClock;
  topics: Topics;
  player: Player;
  room: RoomSession;
  friends: Friends;
  inbox: InboxStore;
}

/** A connection that does not come back for so long may be refused because the session was ended. A browser does not say why a socket was refused. */
const verifyAfterMs = 3_000;

export function createApp(): App {
  const account = createAccount();
  const api = new Api(new Http(account.accessToken));
  const [connectionState, setConnectionState] = createSignal<ConnectionState>('closed');

  const connection: Connection = new Connection(
    dialNodes(account.accessToken, [basePath]),
    {
      frame: (frame) => topics.frame(frame),
      gap: (gap) => topics.gap(gap),
      signal: (batch) => topics.signal(batch),
      draining: () => {},
    },
    (state) => {
      setConnectionState(state);
      if (state === 'reconnecting') setTimeout(verify, verifyAfterMs);
      if (state !== 'connected') return clock.stop();
      clock.start();
      topics.resumeAll();
    },
  );
  const clock = new HubClock(connection.hub.clock, browserSurroundings, (roundTripMs, jitterMs) => {
    // A report that is lost is followed by the next one, ten seconds later.
    connection.hub.reportRoundTrip(Math.max(0, roundTripMs), jitterMs).catch(() => {});
  });
  const verify = () => {
    if (connection.state === 'reconnecting') void account.verify();
  };
  const topics = new Topics(connection.hub, () => connection.state === 'connected');

  const player = createPlayer(clock, api);
  const room = createRoomSession({ api, hub: connection.hub, topics, player, account });
  const friends = createFriends({ api, topics, player, account });
  const inbox = createInbox({ api, topics, account, onFollower: () => void friends.reload() });
  reportPlayback({ player, hub: connection.hub, connectionState, clock });

  account.onChange((user) => (user ? connection.open() : connection.close()));
  const wake = () => {
    connection.hurry();
    if (connection.state === 'connected') clock.start();
  };
  window.addEventListener('online', wake);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') wake();
  });

  return { account, api, connection, connectionState, clock, topics, player, room, friends, inbox };
}

export const AppContext = createContext<App>();

export function useApp(): App {
  const app = useContext(AppContext);
  if (app === undefined) throw new Error('A component was rendered outside the app.');
  return app;
}
