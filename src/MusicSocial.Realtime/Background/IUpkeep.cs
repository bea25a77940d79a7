namespace MusicSocial.Realtime.Background;

/// <summary>Something that has chores to do about once a second: forget, renew, abort.</summary>
internal interface IUpkeep
{
    /// <summary>Does what is due now; never called twice at the same time.</summary>
    ValueTask UpkeepAsync(CancellationToken cancellationToken);
}
