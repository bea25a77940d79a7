/** The path of its host under which the hub is reached, such as `/music`; empty when it has the host to itself. The server writes it into the page. */
export const basePath: string =
  typeof document === 'undefined'
    ? ''
    : (document.querySelector<HTMLMetaElement>('meta[name="base-path"]')?.content ?? '').replace(/\/$/, '');
