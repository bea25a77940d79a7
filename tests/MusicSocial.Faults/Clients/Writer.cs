using MusicSocial.Client;
using MusicSocial.Client.Wire;
using MusicSocial.Faults.History;
using MusicSocial.Sync;

namespace MusicSocial.Faults.Clients;

/// <summary>Posts comments with unique texts as fast as they are acknowledged, and records both.</summary>
internal sealed class Writer(string name, MusicSocialClient client, string trackId, Recorder recorder)
{
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(100);

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; !cancellationToken.IsCancellationRequested; i++)
        {
            var comment = new PostComment(trackId, $"{name} {i}");
            recorder.Add(new Sent(name, comment.Text));
            try
            {
                var posted = await client.Comments.PostAsync(comment, CancellationToken.None);
                recorder.Add(new Acknowledged(name, comment.Text, posted.Id));
            }
            catch (Exception exception) when (exception is RefusedException or HubUnreachableException)
            {
                // Given up; it may be there or not.
            }

            await Task.Delay(Breath, CancellationToken.None);
        }
    }
}
