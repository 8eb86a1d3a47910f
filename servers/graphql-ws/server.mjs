// Subscriptions of graphql-ws on the library ws. The mutation say reaches each subscription said of its room. Its argument is
// a port. Production mode spares graphql its checks of mixed-up modules.
process.env.NODE_ENV = 'production';
const { EventEmitter, on } = await import('node:events');
const { GraphQLBoolean, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString } = await import('graphql');
const { useServer } = await import('graphql-ws/use/ws');
const { WebSocketServer } = await import('ws');

const rooms = new EventEmitter().setMaxListeners(0);
const text = { type: new GraphQLNonNull(GraphQLString) };
const yes = { type: new GraphQLNonNull(GraphQLBoolean) };

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({ name: 'Query', fields: { up: { ...yes, resolve: () => true } } }),
  mutation: new GraphQLObjectType({
    name: 'Mutation',
    fields: { say: { ...yes, args: { room: text, text }, resolve: (_, say) => rooms.emit(`room ${say.room}`, say.text) } },
  }),
  subscription: new GraphQLObjectType({
    name: 'Subscription',
    fields: {
      said: { ...text, args: { room: text }, subscribe: (_, { room }) => on(rooms, `room ${room}`), resolve: ([said]) => said },
    },
  }),
});

useServer({ schema }, new WebSocketServer({ host: '127.0.0.1', port: Number(process.argv[2]), path: '/graphql' }));
