using MusicSocial.Realtime.Redis.Connection;

namespace MusicSocial.Realtime.Tests.Redis.Connection;

public sealed class RedisSettingsTests
{
    [Fact]
    public void A_server_is_enough()
    {
        var settings = RedisSettings.Parse("redis.example:6379");

        Assert.Equal(("musicsocial", TimeSpan.FromSeconds(2), 0), (settings.Prefix, settings.CommandTimeout, settings.Database));
        Assert.Single(settings.Options.EndPoints);
        Assert.False(settings.Options.AbortOnConnectFail);
    }

    [Fact]
    public void Prefix_database_user_password_and_encryption_are_read_from_the_one_string()
    {
        var settings = RedisSettings.Parse("a:1,b:2,user=hub,password=se=cret,ssl=true,sharded=true,defaultDatabase=3,prefix=eve,syncTimeout=700");

        Assert.Equal(("eve", TimeSpan.FromMilliseconds(700), 3), (settings.Prefix, settings.CommandTimeout, settings.Database));
        Assert.Equal(("hub", "se=cret", true, 2), (settings.Options.User, settings.Options.Password, settings.Options.Ssl, settings.Options.EndPoints.Count));
        Assert.True(settings.IsSharded);
    }

    [Theory]
    [InlineData("prefix=eve", "names no server")]
    [InlineData("a:1,prefix=", "prefix")]
    [InlineData("a:1,prefix=a{b}", "prefix")]
    [InlineData("a:1,syncTimeout=soon", "syncTimeout")]
    [InlineData("a:1,connectTimeout=1", "connectTimeout")]
    [InlineData("a:1,colour=red", "colour")]
    [InlineData("a:1,sharded=perhaps", "sharded")]
    public void What_cannot_be_meant_is_refused_with_a_reason(string text, string reason)
    {
        var refused = Assert.Throws<FormatException>(() => RedisSettings.Parse(text));

        Assert.Contains(reason, refused.Message);
    }
}
