namespace MusicSocial.Realtime.Transport;

/// <summary>Takes bytes to the client.</summary>
internal interface IFrameSink
{
    /// <summary>
    /// Sends all of it, in order. Completes at once when the kernel takes it at once. Never called while another send is under way; after a failed or
    /// cancelled one the connection is beyond repair.
    /// </summary>
    ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);
}
