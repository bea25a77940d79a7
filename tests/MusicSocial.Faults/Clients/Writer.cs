using MusicSocial.Client;
using MusicSocial.Faults.History;

namespace MusicSocial.Faults.Clients;

/// <summary>Posts comments with unique texts as fast as they are acknowledged, and records both.</summary>
internal sealed class Writer(string name, MusicSocialClient client, string trackId, Recorder recorder)
{
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(100);

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; !cancellationToken.IsCancellationRequested; i++)
        {
            var text = $"{name} {i}";
            var comment = new PostComment(trackId, text);
            recorder.Add(new Sent(name, text));
            try
            {
                var posted = await client.Comments.PostAsync(comment, CancellationToken.None);
                recorder.Add(new Acknowledged(name, text, posted.Id));
            }
            catch (Exception exception) when (exception is RefusedException or HubUnreachableException)
            {
                // Given up; it may be there or not.
            }

            await Task.Delay(Breath, CancellationToken.None);
        }
    }
}
