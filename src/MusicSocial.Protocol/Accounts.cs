using System.Text.Json;
using System.Text.Json.Serialization;

namespace MusicSocial.Protocol;

/// <summary>A person, as everyone sees them.</summary>
/// <param name="Id">Opaque and permanent.</param>
/// <param name="Handle">Unique, compared without case.</param>
/// <param name="DisplayName">Chosen freely.</param>
/// <param name="Guest">True for an account without a password: it ends with its refresh token.</param>
public sealed record User(string Id, string Handle, string DisplayName, bool Guest);

/// <summary>The tokens of a signed-in user. The access token opens HTTP and the hub, the refresh token gets the next session.</summary>
/// <param name="AccessToken">Bearer token of HTTP and the hub.</param>
/// <param name="RefreshToken">Good once, for 90 days. Keep it secret: one that is used a second time ends its session.</param>
/// <param name="ExpiresInSeconds">How long the access token is good, from when it was issued.</param>
/// <param name="User">The user who signed in.</param>
/// <param name="RecoveryCodes">With a new account only: codes that set a new password when this one is lost, each good once. They are not shown again.</param>
/// <param name="DeletionCancelled">True when the account was to be deleted, and stays because of this sign-in.</param>
public sealed record Session(string AccessToken, string RefreshToken, int ExpiresInSeconds, User User, IReadOnlyList<string>? RecoveryCodes = null, bool? DeletionCancelled = null);

/// <summary>POST /api/accounts/guest.</summary>
/// <param name="DisplayName">1 to 50 characters.</param>
public sealed record GuestRequest(string? DisplayName);

/// <summary>POST /api/accounts.</summary>
/// <param name="Handle">3 to 30 letters, digits, dots, dashes or underscores, beginning with a letter or digit.</param>
/// <param name="Password">8 to 128 characters, other than the handle.</param>
/// <param name="DisplayName">1 to 50 characters; the handle when absent.</param>
/// <param name="Invite">The code of an invitation, where signing up takes one.</param>
public sealed record RegisterRequest(string? Handle, string? Password, string? DisplayName, string? Invite = null);

/// <summary>Who may make an account.</summary>
public enum SignUpMode
{
    /// <summary>Anyone.</summary>
    Open,

    /// <summary>Those an operator invited.</summary>
    Invitation,

    /// <summary>No one.</summary>
    Closed,
}

/// <summary>GET /api/accounts/sign-up.</summary>
/// <param name="Mode">Who may make an account.</param>
/// <param name="Guests">Whether people come in without one.</param>
public sealed record SignUpView(SignUpMode Mode, bool Guests);

/// <summary>POST /api/accounts/login.</summary>
/// <param name="Handle">Compared without case.</param>
/// <param name="Password">As registered.</param>
public sealed record LoginRequest(string? Handle, string? Password);

/// <summary>POST /api/accounts/refresh.</summary>
/// <param name="RefreshToken">Of the latest <see cref="Session"/>.</param>
/// <param name="CommandId">Up to 64 characters of the client's choosing: the same token with the same id, because the answer was lost, is answered again.</param>
public sealed record RefreshRequest(string? RefreshToken, string? CommandId = null);

/// <summary>A sign-in of mine on one device.</summary>
/// <param name="Id">For ending it.</param>
/// <param name="Device">What the client called itself (its User-Agent); null when it did not.</param>
/// <param name="CreatedAtMs">Hub time of the sign-in, in milliseconds.</param>
/// <param name="UsedAtMs">Hub time at which its tokens were last renewed.</param>
/// <param name="Current">Whether it is the one that asks.</param>
public sealed record SessionView(string Id, string? Device, double CreatedAtMs, double UsedAtMs, bool Current);

/// <summary>PUT /api/accounts/password: every other session ends.</summary>
/// <param name="Current">The password until now.</param>
/// <param name="Next">8 to 128 characters, other than the handle and not one that everyone uses.</param>
public sealed record PasswordRequest(string? Current, string? Next);

/// <summary>POST /api/accounts/recover: a new password without the old one; every session ends.</summary>
/// <param name="Handle">Compared without case.</param>
/// <param name="Code">A recovery code, or one an operator gave out; blanks, dashes and case do not matter.</param>
/// <param name="Password">As in <see cref="RegisterRequest"/>.</param>
public sealed record RecoverRequest(string? Handle, string? Code, string? Password);

/// <summary>The owner of an account names the password again.</summary>
/// <param name="Password">The password; not needed for an account that has none.</param>
public sealed record PasswordConfirmation(string? Password);

/// <summary>New recovery codes; those before are good no more, and these are not shown again.</summary>
/// <param name="Codes">Each good once.</param>
public sealed record RecoveryCodes(IReadOnlyList<string> Codes);

/// <summary>GET /api/accounts/recovery-codes.</summary>
/// <param name="Left">Codes not used yet.</param>
/// <param name="MadeAtMs">Hub time at which they were made, in milliseconds; null when there are none.</param>
public sealed record RecoveryCodesLeft(int Left, double? MadeAtMs);

/// <summary>What becomes of the comments of a deleted account.</summary>
public enum CommentFate
{
    /// <summary>They are deleted.</summary>
    Delete,

    /// <summary>They stay, by "Deleted account".</summary>
    Keep,
}

/// <summary>DELETE /api/accounts/me.</summary>
/// <param name="Password">The password; guests have none.</param>
/// <param name="Comments">What becomes of my comments; deleted when absent.</param>
public sealed record DeleteAccountRequest(string? Password, [property: JsonConverter(typeof(OpenEnumConverter<CommentFate>))] CommentFate? Comments);

/// <summary>The answer: every session has ended.</summary>
/// <param name="DeletesAtMs">Hub time of the deletion, in milliseconds; signing in before keeps the account.</param>
public sealed record DeletionView(double DeletesAtMs);

/// <summary>POST /api/accounts/upgrade: a guest becomes an account, with everything they did.</summary>
/// <param name="Handle">As in <see cref="RegisterRequest"/>.</param>
/// <param name="Password">As in <see cref="RegisterRequest"/>.</param>
/// <param name="Invite">As in <see cref="RegisterRequest"/>.</param>
public sealed record UpgradeRequest(string? Handle, string? Password, string? Invite = null);

/// <summary>A message to one person that waits in the inbox: a mention, a reply, a new follower, an invitation.</summary>
/// <param name="Id">Sorts by time.</param>
/// <param name="Type"><c>mention</c>, <c>reply</c>, <c>follower</c> or <c>invitation</c>.</param>
/// <param name="Data">A <see cref="Comment"/>, a <see cref="FollowerNotice"/> or an <see cref="InvitationView"/>.</param>
/// <param name="AtMs">Hub time at which it was sent, in milliseconds.</param>
/// <param name="Read">Whether the owner has read the inbox since.</param>
public sealed record Notice(string Id, string Type, JsonElement Data, double AtMs, bool Read);

/// <summary>GET /api/me/inbox and the snapshot of <c>me:</c>: newest first.</summary>
/// <param name="Items">The notices of this page.</param>
/// <param name="Next">Cursor of the next page; null on the last.</param>
/// <param name="Unread">All unread notices, not only those on this page.</param>
public sealed record InboxPage(IReadOnlyList<Notice> Items, string? Next, int Unread) : Page<Notice>(Items, Next);

/// <summary>Event <c>inbox.read</c> of <c>me:</c> and the answer of PUT /api/me/inbox/read.</summary>
/// <param name="Unread">Notices that arrived since.</param>
public sealed record InboxRead(int Unread);
