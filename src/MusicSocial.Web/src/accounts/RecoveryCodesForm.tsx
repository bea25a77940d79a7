import { createResource, type JSX, Show } from 'solid-js';
import { useApp } from '../shell/app';
import { ConfirmForm, PasswordField } from './ConfirmForm';

/** How many recovery codes are left, and new ones. */
export function RecoveryCodesForm(): JSX.Element {
  const { account, api } = useApp();
  const [left, { refetch }] = createResource(api.recoveryCodesLeft);

  async function renew(data: FormData): Promise<void> {
    await account.renewCodes(String(data.get('password')));
    await refetch();
  }

  return (
    <ConfirmForm label="Recovery codes" submit="Make new codes" onSubmit={renew}>
      <h2>Recovery codes</h2>
      <p class="dim">
        A code sets a new password when you have lost yours.{' '}
        <Show when={left.latest}>
          {(codes) => <>{codes().left === 1 ? 'One is left.' : `${codes().left} are left.`} New ones replace them.</>}
        </Show>
      </p>
      <PasswordField label="Password, to make new codes" name="password" />
    </ConfirmForm>
  );
}
