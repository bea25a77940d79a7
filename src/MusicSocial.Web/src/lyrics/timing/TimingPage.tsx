import { createEffect, createResource, type JSX, Match, onCleanup, Switch } from 'solid-js';
import { useApp } from '../../shell/app';
import { colourFrom } from '../../shell/theme';
import type { CueSheet, Track } from '../../wire/contract';
import { isRefusal, Refusal } from '../../wire/refusal';
import { TimingDesk } from './TimingDesk';
import './timing.css';

interface Begin {
  track: Track;
  sheet: CueSheet | undefined;
}

/** Where people time the words of a song. What others hear goes on; it is only silent here. */
export function TimingPage(props: { id: string }): JSX.Element {
  const { api, player } = useApp();
  const existing = (id: string) =>
    api.lyrics(id).catch((error: unknown) => {
      if (isRefusal(error, 'lyrics.none') || isRefusal(error, 'http.404')) return undefined;
      throw error;
    });
  const [begin] = createResource(
    () => props.id,
    async (id): Promise<Begin | Refusal> => {
      try {
        const [track, sheet] = await Promise.all([api.track(id), existing(id)]);
        return { track, sheet };
      } catch (error) {
        if (!isRefusal(error)) throw error;
        return error;
      }
    },
  );
  const refusal = () => {
    const found = begin.latest;
    return found instanceof Refusal ? found : undefined;
  };
  const found = () => {
    const ready = begin.latest;
    return ready instanceof Refusal ? undefined : ready;
  };

  onCleanup(player.stepAside());
  createEffect(() => {
    colourFrom(found()?.track.coverUrl);
    document.title = found() ? `Timing ${found()?.track.title} · MusicSocial` : 'MusicSocial';
  });

  return (
    <Switch>
      <Match when={refusal()}>
        {(why) => (
          <div class="page blank">
            <h1>This song is not here</h1>
            <p>{why().message}</p>
          </div>
        )}
      </Match>
      <Match when={found()}>{(ready) => <TimingDesk track={ready().track} sheet={ready().sheet} />}</Match>
    </Switch>
  );
}
