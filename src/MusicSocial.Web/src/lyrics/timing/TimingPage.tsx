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

/** The page on which users time the words of a song. A room or friend that is followed plays on, silently here. */
export function TimingPage(props: { id: string }): JSX.Element {
  const { api, player } = useApp();
  const [begin] = createResource(
    () => props.id,
    async (id): Promise<Begin | Refusal> => {
      try {
        const track = await api.track(id);
        return { track, sheet: track.hasLyrics ? await api.lyrics(id) : undefined };
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
