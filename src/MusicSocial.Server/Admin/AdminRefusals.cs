namespace MusicSocial.Server.Admin;

internal static class AdminRefusals
{
    public static readonly Refusal InvitationNotFound = new("invitation.not_found", RefusalKind.NotFound, "There is no such invitation, or it was revoked before.");
}
