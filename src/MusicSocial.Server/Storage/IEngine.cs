using System.Data.Common;

namespace MusicSocial.Server.Storage;

/// <summary>A kind of database the hub runs on. What its methods promise stands with <see cref="Database"/>.</summary>
internal interface IEngine : IAsyncDisposable
{
    Dialect Dialect { get; }

    DbConnection Open();

    Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken);

    Task<T> WriteAsync<T>(Func<DbConnection, Task<T>> write, CancellationToken cancellationToken);
}
