using MusicSocial.Server.Accounts;

namespace MusicSocial.Server.Comments;

/// <summary>Something a person wrote under a song, as everybody sees it.</summary>
/// <param name="Id">Opaque; sorts by time of creation.</param>
/// <param name="TrackId">The song it stands under.</param>
/// <param name="RoomId">The room it was written in, when it was.</param>
/// <param name="ParentId">The comment it answers, when it does.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Text">At most 500 code points; empty once deleted.</param>
/// <param name="PositionMs">The moment of the song it is pinned to, in milliseconds.</param>
/// <param name="CreatedAtMs">Hub time of posting.</param>
/// <param name="EditedAtMs">Hub time of the last edit.</param>
/// <param name="Deleted">True for the empty place a deleted comment leaves, so that its replies stay readable.</param>
/// <param name="Likes">How many people like it.</param>
/// <param name="LikedByMe">Whether the asker does; always false in live events, which everybody shares.</param>
public record Comment(
    string Id,
    string TrackId,
    string? RoomId,
    string? ParentId,
    User Author,
    string Text,
    long? PositionMs,
    double CreatedAtMs,
    double? EditedAtMs,
    bool Deleted,
    long Likes,
    bool LikedByMe);
