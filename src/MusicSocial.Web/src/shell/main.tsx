import './styles/base.css';
import './styles/controls.css';
import './styles/layout.css';
import './styles/overlays.css';
import { render } from 'solid-js/web';
import { registerServiceWorker } from './platform';
import { Shell } from './Shell';

const root = document.getElementById('app');
if (root !== null) render(() => <Shell />, root);
if (import.meta.env.PROD) registerServiceWorker();
