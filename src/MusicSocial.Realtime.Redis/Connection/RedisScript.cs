namespace MusicSocial.Realtime.Redis.Connection;

/// <summary>A Lua script, sent whole once per server and by its hash from then on.</summary>
/// <param name="text">The script. Every key it touches is passed to it, and all carry one hash tag.</param>
/// <param name="isRepeatable">Whether running it twice is the same as once, so that it is sent again when the connection breaks under it.</param>
internal sealed class RedisScript(string text, bool isRepeatable)
{
    public string Text => text;

    public bool IsRepeatable => isRepeatable;
}
