using FoodDelivery.Platform.Hosting;
using FoodDelivery.Services.Store;

return await ServiceRunner.Run(() => StoreService.Build(args));
