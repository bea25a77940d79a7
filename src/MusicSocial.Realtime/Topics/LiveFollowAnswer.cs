using System.Text.Json;
using System.Text.Json.Serialization;

namespace MusicSocial.Realtime.Topics;

/// <summary>A <see cref="FollowAnswer"/> whose follower goes live exactly when it is written, so that no frame can overtake its answer.</summary>
[JsonConverter(typeof(Converter))]
internal sealed record LiveFollowAnswer : FollowAnswer
{
    private readonly FollowAnswer _answer;
    private readonly Action _onWritten;

    /// <summary>An answer and what happens when it is written.</summary>
    /// <param name="answer">What is written.</param>
    /// <param name="onWritten">Runs while it is being written, under the connection's write lock.</param>
    public LiveFollowAnswer(FollowAnswer answer, Action onWritten)
        : base(answer) => (_answer, _onWritten) = (answer, onWritten);

    private sealed class Converter : JsonConverter<LiveFollowAnswer>
    {
        public override LiveFollowAnswer Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Clients read the base record.");

        public override void Write(Utf8JsonWriter writer, LiveFollowAnswer value, JsonSerializerOptions options)
        {
            JsonSerializer.Serialize(writer, value._answer, options);
            value._onWritten();
        }
    }
}
