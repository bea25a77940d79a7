import type { JSX } from 'solid-js';

const paths = {
  play: 'M8 5.2v13.6a.8.8 0 0 0 1.2.7l11-6.8a.8.8 0 0 0 0-1.4l-11-6.8a.8.8 0 0 0-1.2.7Z',
  pause: 'M7 5h3.4v14H7zM13.6 5H17v14h-3.4z',
  next: 'M5 5.8v12.4a.7.7 0 0 0 1.1.6L15 13v5.5h2.6v-13H15V11L6.1 5.2a.7.7 0 0 0-1.1.6Z',
  previous: 'M19 5.8v12.4a.7.7 0 0 1-1.1.6L9 13v5.5H6.4v-13H9V11l8.9-5.8a.7.7 0 0 1 1.1.6Z',
};

const strokes = {
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm5-2 4.5 4.5',
  bell: 'M6 16V10.5a6 6 0 0 1 12 0V16l1.5 2h-15L6 16Zm4 4.5a2.2 2.2 0 0 0 4 0',
  friends:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm-6.5 9c0-3.6 2.8-6 6.5-6s6.5 2.4 6.5 6M16 4.300a3.5 3.5 0 0 1 0 6.500M18 14.500c2.2.8 3.5 2.8 3.5 5.5',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm0-13.500v2m0 15v2M3 12h2m14 0h2M5.6 5.6 7 7m10 10 1.4 1.400M5.6 18.4 7 17M17 7l1.4-1.4',
  moon: 'M20 14.500A8.2 8.2 0 0 1 9.5 4 8.2 8.2 0 1 0 20 14.500Z',
  close: 'm6 6 12 12M18 6 6 18',
  more: 'M5.5 12h.1m6.4 0h.1m6.4 0h.1',
  plus: 'M12 5v14M5 12h14',
  up: 'm6 14 6-6 6 6',
  down: 'm6 10 6 6 6-6',
  heart: 'M12 20s-7.5-4.6-7.5-10.200A4.3 4.3 0 0 1 12 7.300a4.3 4.3 0 0 1 7.5 2.500C19.5 15.4 12 20 12 20Z',
  reply: 'm9 6-5 5 5 5m-5-5h10a6 6 0 0 1 6 6v2',
  edit: 'm4 20 1-4L16.5 4.500l3 3L8 19l-4 1Z',
  bin: 'M5 7h14M10 7V4.500h4V7m-7.5 0 .8 12.500h9.400L17.5 7',
  pin: 'M12 21s6.5-6.2 6.5-11a6.5 6.5 0 0 0-13 0c0 4.8 6.5 11 6.5 11Zm0-8.500a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z',
  send: 'm4 12 16-7-6.5 15-2.5-6.500L4 12Z',
  volume: 'M4 9.500v5h3.500L12 18.500v-13L7.5 9.500H4Zm11.5-1a5 5 0 0 1 0 7M18 6a8.5 8.5 0 0 1 0 12',
  muted: 'M4 9.500v5h3.500L12 18.500v-13L7.5 9.500H4Zm12 .5 4.5 4.500m0-4.500L16 14.5',
  door: 'M14 4h5v16h-5M4 12h10m-3.5-3.500L14 12l-3.5 3.5',
  link: 'm9.5 14.5 5-5M8 11l-2 2a3.9 3.9 0 0 0 5.5 5.500l2-2M16 13l2-2A3.9 3.9 0 0 0 12.5 5.500l-2 2',
  settings:
    'M4 7h9m4 0h3M4 17h3m4 0h9M15 9.500a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM9 19.500a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z',
  music: 'M9 18V6l10-2v12M9 18a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0Zm10-2a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0Z',
  chat: 'M5 5h14a1.5 1.5 0 0 1 1.5 1.500v9A1.5 1.5 0 0 1 19 17h-7l-4.5 3.500V17H5a1.5 1.5 0 0 1-1.5-1.500v-9A1.5 1.5 0 0 1 5 5Z',
  help: 'M9.2 9.200a2.9 2.9 0 1 1 4.3 2.600c-1 .6-1.5 1.2-1.5 2.200m0 3.200v.1M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z',
  warning: 'M12 4 2.8 19.500h18.400L12 4Zm0 6v4.500m0 2.500v.1',
  wave: 'M4 14v-4m4 7V7m4 13V4m4 13V7m4 7v-4',
  headphones:
    'M4.5 18v-5.500a7.5 7.5 0 0 1 15 0V18m-15-3.500H8v6H6a1.5 1.5 0 0 1-1.5-1.500v-4.500Zm15 0H16v6h2a1.5 1.5 0 0 0 1.5-1.500v-4.500Z',
  text: 'M4 18 8.500 6h1L14 18m-8.300-4.500h6.600M15 13.500a2.700 2.700 0 0 1 5.500 0V18m0-3.200c-4.500-.5-5.800 1-5.500 2.200.4 1.600 4 1.500 5.500-1',
  quote: 'M10 7.500C6.500 8.500 5 10.500 5 14.500v2h4.500v-4.500H7m12-4.500c-3.500 1-5 3-5 7v2h4.500v-4.500H16',
  expand: 'M9.500 4.500h-5v5m10-5h5v5m0 5v5h-5m-5 0h-5v-5',
  tap: 'M9 12V5.500a1.700 1.700 0 0 1 3.400 0V11l4.600 1c1.400.3 2 1.200 1.800 2.600l-.8 4.400a2 2 0 0 1-2 1.500h-4a2.500 2.500 0 0 1-2-1l-4-5.500c-.7-1.200.8-2.500 2-1.600L9 14',
  history: 'M4.500 5v4.500H9M5 9.500a7.500 7.500 0 1 1-.6 4M12 8v4.500l3 1.800',
  back: 'm14.500 5.500-6.500 6.500 6.500 6.500',
  undo: 'm8.500 5-4 4 4 4m-4-4H14a5 5 0 0 1 0 10h-4',
  redo: 'm15.500 5 4 4-4 4m4-4H10a5 5 0 0 0 0 10h4',
  flag: 'M6 20.500v-16h11l-2 4 2 4H6',
  download: 'M12 4.500V16m-4.500-4.500L12 16l4.500-4.500M4.500 16v3.500h15V16',
  share: 'M12 15V4m-4 3.500L12 3.500l4 4M7 11H5.500v9h13v-9H17',
  upload: 'M12 16V4.500m-4.5 4.500L12 4.5 16.5 9M4.5 16v3.500h15V16',
  eyeOff:
    'M4 4l16 16M9.5 5.500A9.7 9.7 0 0 1 12 5.200c5.5 0 9 6.8 9 6.800a15 15 0 0 1-2.7 3.500M6 7.500A15 15 0 0 0 3 12s3.5 6.8 9 6.800c1.4 0 2.7-.4 3.8-1',
};

export type IconName = keyof typeof paths | keyof typeof strokes;

/** Decoration beside words: screen readers hear the button's name, not the picture. */
export function Icon(props: { name: IconName; size?: number }): JSX.Element {
  const size = () => props.size ?? 18;
  const filled = () => (props.name in paths ? paths[props.name as keyof typeof paths] : undefined);
  return (
    <svg width={size()} height={size()} viewBox="0 0 24 24" aria-hidden="true" fill="none">
      {filled() ? (
        <path d={filled()} fill="currentColor" />
      ) : (
        <path
          d={strokes[props.name as keyof typeof strokes]}
          stroke="currentColor"
          stroke-width="1.8"
          stroke-linecap="round"
          stroke-linejoin="round"
        />
      )}
    </svg>
  );
}
