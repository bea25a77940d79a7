import type { JSX } from 'solid-js';
import { route } from '../shell/router';
import { Songs } from './Songs';

export function Search(): JSX.Element {
  const query = () => {
    const current = route();
    return current.page === 'search' ? current.query : '';
  };
  return (
    <div class="page">
      <h1>{query() ? `“${query()}”` : 'All songs'}</h1>
      <div class="section">
        <Songs query={query()} />
      </div>
    </div>
  );
}
